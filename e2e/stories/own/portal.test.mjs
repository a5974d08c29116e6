// Somebody asks for help on a phone: reports, is answered, answers, opens it again; with script and without.
// Others see nothing of it, and nobody who only asks ever sees the frame of the desk.

import { strict as assert } from 'node:assert';
import { after, before } from '../../lane.mjs';
import { audit, auditDark } from '../../axe.mjs';
import { open, unencrypted } from '../../browser.mjs';
import { invited, story } from '../../story.mjs';
import { world } from '../../world.mjs';

let house;
before(async () => {
  house = await world();
});
after(() => house?.end());

const phone = () => ({ width: 390, touch: true, base: house.url });

/** Reports what is broken and gives the address of the thing's page. */
async function report(page, words) {
  await page.goto('/');
  await page.getByRole('link', { name: 'Something is broken' }).click();
  await page.getByLabel('What does not work, in one line?').fill(words);
  await page.getByLabel('What happens, and since when?').fill('Since this morning.');
  await page.getByLabel('I cannot do my work').check();
  await page.getByLabel('Pictures or files').setInputFiles({ name: 'screen.txt', mimeType: 'text/plain', buffer: Buffer.from('seen') });
  await page.getByRole('button', { name: 'Report it' }).click();
  await page.waitForURL('**/portal/things/INC-*');
  await page.getByRole('heading', { level: 1, name: words }).waitFor();
  return new URL(page.url()).pathname;
}

let agents = 0;

/** Works at the desk's page of a thing, as a new agent. */
async function atTheDesk(address, deeds) {
  const page = await open({ base: house.url });
  agents += 1;
  await invited(page, await house.person(`agent${agents}@oakhill.example`, `Dana ${agents}`, 'agent'));
  await page.goto(address.replace('/portal/things', '/incidents'));
  await deeds(page);
  await page.context().close();
}

for (const script of [true, false]) {
  const how = script ? 'with script' : 'without script';

  story(`a phone is enough to report, be answered, answer and open it again, ${how}`, { later: phone, script }, async (page) => {
    const name = script ? 'Bao Tran' : 'Chiamaka Obi';
    await invited(page, await house.person(`${name[0].toLowerCase()}-${script}@oakhill.example`, name, 'requester'));
    await page.waitForURL('**/portal');
    const thing = await report(page, `Gate B prints nothing, ${how}`);
    await page.getByText('Nobody has looked at it yet').waitFor();
    assert.equal(await page.getByRole('link', { name: /screen\.txt/ }).count(), 1, 'the file is there');

    const desk = thing.replace('/portal/things', '/incidents');
    await page.goto(desk);
    assert.equal(new URL(page.url()).pathname, thing, 'a link of the desk leads to the portal');
    assert.equal(await page.locator('.rail').count(), 0, 'the frame of the desk never shows');

    await atTheDesk(thing, async (agent) => {
      await agent.locator('#composer').getByRole('textbox').fill('Is the cable in?');
      await agent.locator('#composer').getByRole('button', { name: /^Send(?!,| and)/ }).click();
      await agent.locator('.held').getByRole('button', { name: 'Send now' }).click();
      await agent.locator('.journal').getByText('Is the cable in?').waitFor();
    });
    await page.goto(thing);
    await page.locator('.journal').getByText('Is the cable in?').waitFor();
    await atTheDesk(thing, async (agent) => {
      await agent.goto(`${desk}/resolve`);
      await agent.getByRole('main').getByLabel('Resolution').fill('A new cable.');
      await agent.getByRole('main').getByRole('button', { name: /^Resolve/ }).click();
      await agent.locator('.status').filter({ hasText: 'Resolved' }).first().waitFor();
    });

    await page.goto(thing);
    await page.locator('.journal').getByText('A new cable.').waitFor();
    await page.locator('#composer').getByRole('textbox').fill('It prints half of it.');
    await page.locator('#composer').getByRole('button', { name: 'Send' }).click();
    await page.locator('.journal').getByText('It prints half of it.').waitFor();
    await page.goto('/portal');
    await page.getByRole('main').getByRole('link', { name: /^No, it does/ }).first().click();
    await page.getByLabel('What happens now?').fill('Half of each page is white.');
    await page.getByRole('button', { name: 'Open it again' }).click();
    await page.locator('.journal').getByText('Half of each page is white.').waitFor();
    await page.goto('/portal');
    await page.locator('.things').getByText(`Gate B prints nothing, ${how}`).waitFor();
    await page.goto('/portal/search?q=prints');
    await page.locator('.things').getByText(`Gate B prints nothing, ${how}`).waitFor();
  });
}

story('somebody else sees nothing of it, and is told the same as of what does not exist', { later: phone }, async (page) => {
  const mine = await open(phone());
  await invited(mine, await house.person('dina@oakhill.example', 'Dina', 'requester'));
  const thing = await report(mine, 'Only mine');
  await mine.context().close();
  await invited(page, await house.person('elif@oakhill.example', 'Elif', 'requester'));
  for (const address of [thing, thing.replace('/portal/things', '/incidents'), '/portal/things/INC-99999']) {
    const answer = await page.goto(address);
    assert.equal(answer.status(), 404, address);
    assert.equal(await page.locator('.rail').count(), 0);
    await page.getByRole('heading', { name: /^There is no INC-\d+ that you can see$/ }).waitFor();
  }
  await page.goto('/portal/search?q=mine');
  assert.equal(await page.getByText('Only mine').count(), 0);
});

story('what is typed is kept, and things like it are shown meanwhile', { later: phone }, async (page) => {
  await invited(page, await house.person('faye@oakhill.example', 'Faye', 'requester'));
  await report(page, 'Weighbridge shows the wrong tare');
  await page.goto('/portal/report');
  await page.getByLabel('What does not work, in one line?').fill('the weighbridge again');
  await page.locator('.similar').getByRole('link', { name: 'Weighbridge shows the wrong tare' }).waitFor();
  await page.getByText(/Draft saved/).waitFor();
  await page.goto('/portal/report');
  assert.equal(await page.getByLabel('What does not work, in one line?').inputValue(), 'the weighbridge again');
});

story('without a line it waits, says so, and is sent when the line is back', { later: phone }, async (page) => {
  await invited(page, await house.person('gwen@oakhill.example', 'Gwen', 'requester'));
  await page.goto('/portal/report');
  await page.getByLabel('What does not work, in one line?').fill('Sent from a tunnel');
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Report it' }).click();
  await page.getByText('No connection. This waits here').waitFor();
  assert.equal(await page.getByLabel('What does not work, in one line?').inputValue(), 'Sent from a tunnel');
  await page.context().setOffline(false);
  await page.waitForURL('**/portal/things/INC-*', { timeout: 20_000 });
  await page.getByRole('heading', { level: 1, name: 'Sent from a tunnel' }).waitFor();
});

story('what was refused is mended, and sent', { later: phone }, async (page) => {
  await invited(page, await house.person('ida@oakhill.example', 'Ida', 'requester'));
  await page.goto('/portal/report');
  await page.getByRole('button', { name: 'Report it' }).click();
  await page.locator('[aria-invalid="true"]').first().waitFor();
  await page.getByLabel('What does not work, in one line?').fill('The second time');
  await page.getByRole('button', { name: 'Report it' }).click();
  await page.getByRole('heading', { level: 1, name: 'The second time' }).waitFor();
});

story('over a line that is not encrypted, where browsers give scripts less, all is sent the same', { later: () => ({ ...phone(), base: unencrypted(house.url) }) }, async (page) => {
  await invited(page, unencrypted(await house.person('jon@oakhill.example', 'Jon', 'requester')));
  assert.equal(await page.evaluate(() => isSecureContext), false);
  await report(page, 'Reported in plain');
  await page.locator('#composer').getByRole('textbox').fill('Answered in plain.');
  await page.getByText(/Draft saved/).waitFor();
  await page.locator('#composer').getByRole('button', { name: 'Send' }).click();
  await page.locator('.journal').getByText('Answered in plain.').waitFor();
});

for (const width of [1440, 390, 320]) {
  story(`axe: the portal at ${width}, light and dark`, { later: () => ({ width, base: house.url }) }, async (page) => {
    await invited(page, await house.person(`h${width}@oakhill.example`, 'Maximiliane Hohenstaufen-Wiśniewska-Lindqvist', 'requester'));
    const wrong = [];
    const look = async (what) => {
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 0) wrong.push(`${what} is ${over} px too wide`);
      for (const check of [audit, auditDark]) await check(page).catch((error) => wrong.push(`${what}: ${error.message}`));
    };
    for (const empty of ['/portal', '/portal/things', '/portal/things?which=followed', '/portal/search?q=nothing', '/portal/search']) {
      await page.goto(empty);
      await look(`${empty}, empty`);
    }
    const thing = await report(page, 'Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüsselverlustmeldung');
    await look('a new thing');
    for (const full of ['/portal', '/portal/things?which=all', '/portal/ask', '/portal/search?q=Donau', '/portal/things/INC-999', '/me']) {
      await page.goto(full);
      await look(full);
    }
    await page.goto('/portal/report');
    await page.getByRole('button', { name: 'Report it' }).click();
    await page.locator('[aria-invalid="true"]').first().waitFor();
    await look('a form with errors');
    await page.goto(thing);
    await page.getByRole('button', { name: 'It works again' }).click();
    await page.getByText('Called off').first().waitFor();
    await look('a thing that is over');
    assert.equal(wrong.join('\n'), '');
  });
}
