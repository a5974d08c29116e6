// A person finds an incident of the real year, sees what happened to it and works it again; with script and without.

import { strict as assert } from 'node:assert';
import { answer, find, history, reply, someOpenIncident, stateIs, undo, whyOfClock } from '../../desk.mjs';
import { story } from '../../story.mjs';

// By the number that it had in the system it comes from.
const stories = [{ script: true, number: 'INC0000045' }, { script: false, number: 'INC0000047' }];

for (const { script, number } of stories) {
  const how = script ? 'with script' : 'without script';

  story(`a real incident is found, reopened, answered, resolved and taken back, ${how}`, { script }, async (page) => {
    await page.goto('/');
    const incident = await find(page, number);
    assert.ok((await history(page)) >= 3, 'an incident with a past has its entries');

    await page.goto(incident);
    await answer(page, 'Reopen', `It happens again (${how}).`, 'In progress');

    const words = `We are looking at the second gateway now (${how}).`;
    await reply(page, words);
    await page.reload();
    assert.equal(await page.locator('.journal').getByText(words).count(), 1, 'the reply is there once');

    await answer(page, 'Resolve', 'The chain was renewed.', 'Resolved');
    await undo(page);
    await stateIs(page, 'In progress');
  });

  story(`a clock says why it reads what it reads, ${how}`, { script }, async (page) => {
    await page.goto(await someOpenIncident(page));
    const why = await whyOfClock(page, 'resolve');
    assert.match(why, /Used of \d+:\d\d/, 'the intervals are closed by a sum');
    assert.match(why, /resolve within/, 'the promise is named');
  });
}
