// Without script, and with the line cut after the page was loaded, nothing pretends: what can be done is done, what cannot says so.

import { strict as assert } from 'node:assert';
import { at, fact, meet, said } from '../../pair.mjs';

const main = (page) => page.getByRole('main');
const offline = (page, is) => page.context().setOffline(is);
const toast = (page, words) => page.locator('[data-toasts]').getByText(words).first().waitFor();
const NO_LINE = /the server did not answer/;

meet('without a line a verb is not done, says so, and is done when it is pressed again', async ({ rahul, ticket, api }) => {
  const address = await ticket();
  await at(rahul, address);
  await offline(rahul, true);
  await rahul.locator('.head').getByRole('button', { name: /^Take/ }).click();
  await toast(rahul, NO_LINE);
  assert.equal(await rahul.locator('.head .status').innerText(), 'New');
  await offline(rahul, false);
  await rahul.locator('.head').getByRole('button', { name: /^Take/ }).click();
  await rahul.locator('.head .status').getByText('Assigned').waitFor();
  assert.equal((await api('GET', `${address}/journal`)).items.filter(({ verb }) => verb === 'take').length, 1);
});

meet('without a line a fact does not open, and a menu that must be asked for says so', async ({ rahul, ticket }) => {
  await at(rahul, await ticket());
  await offline(rahul, true);
  await fact(rahul, 'Category').click();
  await toast(rahul, NO_LINE);
  assert.equal(await rahul.locator('form.in-place').count(), 0);
  const dismiss = rahul.locator('[data-toasts] [data-dismiss]');
  while (await dismiss.count()) await dismiss.first().click();
  await rahul.locator('[data-macros] summary').click();
  await toast(rahul, NO_LINE);
});

meet('a fact that was typed when the line went stays typed, and is saved once there is one', async ({ rahul, ticket, api }) => {
  const address = await ticket();
  await at(rahul, address);
  await fact(rahul, 'Category').click();
  const field = rahul.locator('form.in-place input[name=category]');
  await field.fill('Scanners');
  await offline(rahul, true);
  await field.press('Enter');
  await toast(rahul, NO_LINE);
  assert.equal(await field.inputValue(), 'Scanners');
  await offline(rahul, false);
  await field.press('Enter');
  await rahul.locator('form.in-place').waitFor({ state: 'detached' });
  assert.equal((await api('GET', address)).category, 'Scanners');
});

meet('without script two edits are merged by field, and what clashes is asked', async ({ rahul, plain, ticket, api }) => {
  const [address, page] = [await ticket(), await plain(rahul)];
  await page.goto(`${address}/edit`);
  await main(page).getByLabel('Location').fill('Gate E');
  await main(page).getByLabel('Category', { exact: false }).first().fill('Scanners');
  await api('PATCH', address, { category: 'Hardware', impact: 2 });
  await main(page).getByRole('button', { name: 'Save', exact: true }).click();
  const row = page.locator('.merge tr').filter({ hasText: 'Category' });
  await row.getByLabel('mine').check();
  await main(page).getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL(`**${address}`);
  const { category, location, impact } = await api('GET', address);
  assert.deepEqual([category, location, impact], ['Scanners', 'Gate E', 2]);
});

meet('without script a note with a file is kept, and nothing is offered that needs one', async ({ rahul, plain, ticket, api }) => {
  const [address, page] = [await ticket(), await plain(rahul)];
  await page.goto(address);
  assert.equal(await page.getByRole('button', { name: 'Mention' }).isVisible(), false);
  assert.equal(await page.getByText('sends in 10 s').isVisible(), false);
  assert.ok(await page.getByText('can be taken back for 10 s').isVisible());
  await page.locator('#composer').getByText('Internal note').click();
  await page.locator('#composer-text').fill('Looked at without script.');
  await page.locator('#composer input[type=file]').setInputFiles({ name: 'seen.txt', mimeType: 'text/plain', buffer: Buffer.from('seen') });
  await page.getByRole('button', { name: /^Keep note/ }).click();
  await said(page, 'Looked at without script.').waitFor();
  await page.locator('.journal .file').getByText('seen.txt').waitFor();
  assert.equal((await api('GET', `${address}/files`)).items.length, 1);
});

meet('without script a template is chosen on a page of its own, behind what stands there', async ({ rahul, plain, ticket, api }) => {
  await api('POST', '/templates', { name: 'Ask for the lane', body: 'Which lane is it, {requester.first_name}?', audience: 'everyone' });
  const [address, page] = [await ticket(), await plain(rahul)];
  await page.goto(`${address}/templates`);
  await main(page).getByRole('link', { name: /Ask for the lane/ }).click();
  assert.equal(await page.locator('#composer-text').inputValue(), 'Which lane is it, Bao?');
});

meet('without script and without a line the browser says so, and going back finds what was typed', async ({ rahul, plain, ticket }) => {
  const [address, page] = [await ticket(), await plain(rahul)];
  await page.goto(address);
  await page.locator('#composer-text').fill('Typed before the line went.');
  // Chromium notes a second later what stands in the fields of a page, for whoever comes back to it. What is typed within the second
  // before the line goes is lost to it; only with script is each letter kept.
  await page.waitForTimeout(2_500);
  await offline(page, true);
  const failed = page.waitForEvent('requestfailed');
  await page.getByRole('button', { name: /^Send(?!,| and)/ }).first().click({ noWaitAfter: true });
  await failed;
  // The browser's own page must stand before one can go back from it.
  for (let tries = 0; tries < 200 && !page.url().startsWith('chrome-error:'); tries += 1) await page.waitForTimeout(50);
  await offline(page, false);
  await page.goBack();
  // The browser fills the form in again after it is drawn.
  const typed = () => page.locator('#composer-text').inputValue();
  for (let tries = 0; tries < 100 && !(await typed()); tries += 1) await page.waitForTimeout(100);
  assert.equal(await typed(), 'Typed before the line went.');
});
