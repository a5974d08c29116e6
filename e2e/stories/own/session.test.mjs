// A session that ends while somebody writes: what they typed waits behind the sign-in, looks right there, and arrives.

import { strict as assert } from 'node:assert';
import { after, before } from '../../lane.mjs';
import { audit, auditDark } from '../../axe.mjs';
import { fits } from '../../fits.mjs';
import { invited, story } from '../../story.mjs';
import { world } from '../../world.mjs';

let house;
before(async () => {
  house = await world();
});
after(() => house?.end());

async function clean(page) {
  for (const check of [fits, audit, auditDark]) await check(page);
}

async function signIn(page, email) {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill('seven small boats');
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
}

for (const width of [1440, 390]) {
  story(`what was typed waits behind the sign-in, without script, ${width} px`, { width, script: false, later: () => ({ base: house.url }) }, async (page) => {
    const email = `iris${width}@oakhill.example`;
    await invited(page, await house.person(email, 'Iris', 'requester'));
    await page.goto('/portal/report');
    await page.getByLabel('What does not work, in one line?').fill('Gate B is “stuck” & <red>');
    await page.getByLabel('What happens, and since when?').fill('Since the shift began.\nTwice already.');
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Report it' }).click();
    await page.getByText('this was not sent').waitFor();
    await signIn(page, email);
    await page.getByRole('heading', { level: 1, name: 'You are signed in, and this was not sent yet' }).waitFor();
    await page.getByText('Gate B is “stuck” & <red>').waitFor();
    await page.getByText('Twice already.').waitFor();
    await page.getByRole('button', { name: 'Send it' }).click();
    await page.waitForURL('**/portal/things/INC-*');
    await page.getByRole('heading', { level: 1, name: 'Gate B is “stuck” & <red>' }).waitFor();
  });

  story(`the pages of a session that ended are fit for everybody, ${width} px`, { later: () => ({ base: house.url }) }, async (page) => {
    const email = `jo${width}@oakhill.example`;
    await invited(page, await house.person(email, 'Jo', 'agent'));
    await page.setViewportSize({ width, height: 844 });
    await page.goto('/incidents');
    const body = new URLSearchParams({ summary: 'Crane 7 stands still', description: 'Since 06:40. '.repeat(40) }).toString();
    const post = () => page.evaluate((body) => {
      const form = document.createElement('form');
      form.method = 'post';
      form.action = '/incidents/new';
      for (const [name, value] of new URLSearchParams(body)) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
      document.body.append(form);
      form.submit();
    }, body);
    await post();
    await page.getByText('Crane 7 stands still').waitFor();
    await page.getByRole('button', { name: 'Send it' }).waitFor();
    await clean(page);
    await page.goto('/incidents');
    await page.context().clearCookies();
    await post();
    await page.getByText('this was not sent').waitFor();
    await clean(page);
    await signIn(page, email);
    await page.getByText('Crane 7 stands still').waitFor();
    await clean(page);
  });
}
