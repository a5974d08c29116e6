// The bell: told within a second where one is, listed on a page, marked as read; and what one did lately with its undo.

import { strict as assert } from 'node:assert';
import { audit } from '../../axe.mjs';
import { invited, reported, story } from '../../story.mjs';
import { world } from '../../world.mjs';
import { after, before } from '../../lane.mjs';
import { open, stateBehind } from '../../browser.mjs';

let house, ravi, signedIn;

before(async () => {
  house = await world();
  ravi = await house.person('ravi@oakhill.example', 'Ravi Rao', 'agent');
  signedIn = await stateBehind(house.admin, house.url);
});
after(() => house?.end());

const desk = { later: () => ({ base: house.url, state: signedIn }) };
const bell = (page) => page.getByRole('banner').getByRole('link', { name: /^Notifications/ });

story('notifications: somebody is named, hears of it where they are, reads it and follows it', desk, async (page) => {
  const other = await open({ base: house.url, stranger: true });
  await invited(other, ravi);
  const incident = await reported(page, 'Gate 4 does not open');

  await other.goto('/incidents');
  assert.equal(await bell(other).getAttribute('data-n'), null);
  const announced = other.getByRole('status').filter({ hasText: 'Notifications, 1 new' }).first().waitFor();
  await page.goto(`${incident}/note`);
  await page.getByRole('main').locator('textarea').first().fill('@Ravi Rao do you know this one?');
  await page.getByRole('main').getByRole('button', { name: /^Note/ }).click();
  await page.waitForURL((url) => url.pathname === incident);
  await other.locator('.bell[data-n="1"]').waitFor();
  assert.equal(await bell(other).getAttribute('aria-label'), 'Notifications, 1 new');
  await announced;

  await bell(other).click();
  await other.getByRole('heading', { name: 'One thing is new for you' }).waitFor();
  await audit(other);
  await other.keyboard.press('j');
  await other.keyboard.press('o');
  await other.waitForURL(new RegExp(incident));
  // That it was read goes to the server by itself, and may arrive after the page was asked for.
  const nothing = other.getByRole('heading', { name: 'Nothing new for you' });
  await other.goto('/notifications');
  for (let tries = 0; tries < 50 && !(await nothing.count()); tries += 1) await other.reload();
  await nothing.waitFor();
  assert.equal(await bell(other).getAttribute('data-n'), null);
  await other.context().close();
});

story('notifications: a missed toast can still be taken back', desk, async (page) => {
  const incident = await reported(page, 'Gate 5 does not close');
  await page.goto(`${incident}/add-time`);
  await page.getByLabel('Time', { exact: true }).fill('5m');
  await page.getByRole('main').getByRole('button', { name: /^Add time/ }).click();
  await page.waitForURL((url) => url.pathname === incident);
  await page.goto('/notifications');
  const recent = page.locator('section', { has: page.getByRole('heading', { name: 'Recent' }) });
  await recent.getByRole('button', { name: 'Undo' }).first().click();
  await page.locator('[data-toasts]').getByText('taken back').first().waitFor();
  await audit(page);
});

story('notifications: without script', { ...desk, script: false }, async (page) => {
  await page.goto('/notifications');
  await page.getByRole('link', { name: 'Which you get' }).click();
  await page.getByLabel('Somebody names you in a ticket').uncheck();
  await page.getByRole('button', { name: 'Save notifications' }).click();
  await page.getByText('You are told what you chose').waitFor();
  assert.equal(await page.getByLabel('Somebody names you in a ticket').isChecked(), false);
  await page.getByLabel('Somebody names you in a ticket').check();
  await page.getByRole('button', { name: 'Save notifications' }).click();
  await page.waitForLoadState();
  await page.getByText('You are told what you chose').waitFor();
});
