// A person finds a real incident, sees why its clock reads what it reads, and works it; with script and without.

import { strict as assert } from 'node:assert';
import { find, history, reply, resolve, someOpenIncident, stateIsNot, undo, whyOfClock } from '../desk.mjs';
import { story } from '../story.mjs';

for (const [nth, script] of [true, false].entries()) {
  const how = script ? 'with script' : 'without script';

  story(`an incident is found, understood, answered, resolved and reopened by undo, ${how}`, { script }, async (page) => {
    const incident = await someOpenIncident(page, nth);
    await page.goto('/');
    await find(page, incident);
    assert.ok((await history(page)) > 1, 'an incident with a past has more than one entry');

    const why = await whyOfClock(page, incident);
    assert.match(why, /\d+ (min|h|d)\b|\d+:\d\d/, 'the reason adds up lengths of time');

    await page.goto(`/incidents/${incident}`);
    const words = `We are looking at the second gateway now (${how}).`;
    await reply(page, words);
    await page.reload();
    assert.equal(await page.getByRole('main').getByText(words).filter({ visible: true }).count(), 1, 'the reply is there once');

    await resolve(page, 'The chain was renewed.');
    await undo(page);
    await stateIsNot(page, 'Resolved');
  });
}
