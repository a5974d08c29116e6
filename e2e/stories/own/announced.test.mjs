// What somebody hears who does not see the page, and where the keyboard is afterwards: toasts, the dialog of keys, a list that goes on.

import { strict as assert } from 'node:assert';
import { after, before } from '../../lane.mjs';
import { audit } from '../../axe.mjs';
import { open, stateBehind } from '../../browser.mjs';
import { reported, story } from '../../story.mjs';
import { world } from '../../world.mjs';

let house, signedIn;
before(async () => {
  house = await world();
  signedIn = await stateBehind(house.admin, house.url);
});
after(() => house?.end());

const desk = { later: () => ({ base: house.url, state: signedIn }) };
const heard = (page) => page.locator('#toasts[role=status]');
const focused = (page) => page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent.trim().slice(0, 40));

story('a toast is heard, reached with Tab, stays while it is focused, and goes when it is dismissed', desk, async (page) => {
  await page.clock.install();
  await reported(page, 'Crane 7 stands still');
  await page.goto(page.url());
  assert.equal(await heard(page).count(), 1, 'the region is there before anything is said in it');
  await page.locator('.head').getByRole('button', { name: /^Take/ }).click();
  const toast = heard(page).locator('.toast').first();
  await toast.waitFor();
  assert.match(await toast.innerText(), /INC-\d+/);
  const undo = toast.getByRole('button', { name: 'Undo' });
  await undo.focus();
  await page.clock.fastForward(10_000);
  assert.ok(await undo.isVisible(), 'it waits for whoever is on it');
  await audit(page);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.ariaLabel), 'Dismiss');
  await page.keyboard.press('Enter');
  await toast.waitFor({ state: 'detached' });
});

story('the dialog of keys takes the focus, keeps it, and gives it back', desk, async (page) => {
  await page.goto('/incidents');
  const start = page.getByRole('link', { name: 'Incidents' }).first();
  await start.focus();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await dialog.waitFor();
  await audit(page);
  for (let step = 0; step < 8; step += 1) {
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => !document.activeElement || document.activeElement === document.body || document.querySelector('dialog[open]').contains(document.activeElement)), 'what lies behind is not reached');
  }
  assert.equal(await dialog.getByRole('link', { name: 'The guide' }).getAttribute('href'), '/help');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  assert.ok(await start.evaluate((it) => it === document.activeElement), 'the focus is where it was');
});

story('a list that goes on says so and stays still, and the keyboard stays where it is', desk, async (page) => {
  await reported(page, 'Printer at gate B');
  await page.goto('/incidents');
  const subject = page.getByRole('main').locator('tr a.subject').first();
  await subject.waitFor();
  await subject.focus();
  const before = [await focused(page), await page.getByRole('main').locator('tbody tr').count()];
  await page.waitForTimeout(300);
  const other = await open({ base: house.url, state: signedIn });
  const announced = heard(page).getByText(/1 newer/).waitFor();
  await reported(other, 'Scanner in lane 3');
  await other.context().close();
  const notice = page.locator('[data-newer]:visible');
  await notice.waitFor();
  assert.match(await notice.innerText(), /^1 newer/);
  await announced;
  assert.deepEqual([await focused(page), await page.getByRole('main').locator('tbody tr').count()], before);
  await page.keyboard.press('u');
  await page.getByRole('main').getByText('Scanner in lane 3').waitFor();
});

story('without a connection a link and a form stay where they are and say so; with one again they go', desk, async (page) => {
  await page.goto('/incidents');
  const link = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Requests' });
  await page.context().setOffline(true);
  await link.click();
  await heard(page).getByText('the server did not answer').waitFor();
  assert.equal(new URL(page.url()).pathname, '/incidents', 'nothing is gone');
  await page.context().setOffline(false);
  await link.click();
  await page.waitForURL('**/requests');
});

story('a browser that takes itself for offline still reaches a server that is there', desk, async (page) => {
  await page.addInitScript(() => Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false }));
  await page.goto('/incidents');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Requests' }).click();
  await page.waitForURL('**/requests');
  const incidents = await page.goto('/risks/new');
  assert.ok(incidents.ok());
  await page.getByLabel('What could happen').fill('The only crane driver is on leave');
  for (const choice of await page.getByRole('main').locator('select:required').all()) await choice.selectOption({ index: 1 });
  await page.getByRole('main').getByRole('button', { name: /^(Create|New|Save)/ }).first().click();
  await page.getByRole('heading', { level: 1, name: 'The only crane driver is on leave' }).waitFor();
});
