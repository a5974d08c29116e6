// What a person does at the desk, by the names that are on the page. Everything here works without script.

import { strict as assert } from 'node:assert';

const reference = /INC-\d+/;

/** A verb by its name; a key hint may follow. It is a button, or a link when it asks for more on a page of its own. */
export function verb(place, name) {
  const named = { name: new RegExp(`^${name}\\b`, 'i') };
  return place.getByRole('button', named).or(place.getByRole('link', named)).first();
}

/** The reference of the `nth` incident that is being worked on. */
export async function someOpenIncident(page, nth = 0) {
  await page.goto('/incidents?state=new,assigned,in_progress,pending');
  const link = page.getByRole('main').getByRole('link', { name: reference }).nth(nth);
  return (await link.innerText()).match(reference)[0];
}

/** Types into the search box of the top bar, presses Enter, opens the hit. */
export async function find(page, words) {
  const box = page.getByRole('searchbox', { name: 'Search, go to, or do something' });
  await box.fill(words);
  await box.press('Enter');
  await page.waitForURL(/q=|INC-/);
  if (!new URL(page.url()).pathname.endsWith(words)) {
    await page.getByRole('main').getByRole('link', { name: words }).first().click();
  }
  await page.waitForURL(`**/incidents/${words}*`);
}

/** Opens the history and gives its number of entries. */
export async function history(page) {
  await verb(page.getByRole('main'), 'History').click();
  const entries = page.getByRole('main').getByRole('listitem').filter({ has: page.locator('time') });
  await entries.first().waitFor();
  return entries.count();
}

/** Opens the reason of the record's clock, and gives its words. */
export async function whyOfClock(page, incident) {
  await page.goto(`/incidents/${incident}?why=clock`);
  const main = page.getByRole('main');
  await main.getByRole('heading', { name: /why/i }).first().waitFor();
  return main.innerText();
}

/** Writes a public reply and sends it. */
export async function reply(page, words) {
  const main = page.getByRole('main');
  const box = main.getByRole('textbox', { name: /reply/i }).first();
  if (!(await box.isVisible())) await verb(main, 'Reply').click();
  await box.fill(words);
  await verb(main.locator('form').filter({ has: box }), '(Send|Reply)').click();
  await main.getByText(words).filter({ visible: true }).first().waitFor();
}

/** Resolves, answering what the verb asks. */
export async function resolve(page, words) {
  await verb(page.getByRole('main'), 'Resolve').click();
  const form = page.locator('form:visible').filter({ has: page.getByRole('textbox') }).filter({ has: verb(page, 'Resolve') }).last();
  for (const box of await form.getByRole('textbox').all()) {
    if ((await box.inputValue()) === '') await box.fill(words);
  }
  for (const choice of await form.getByRole('combobox').all()) {
    const first = choice.locator('option:not([value=""])').first();
    if ((await choice.inputValue()) === '') await choice.selectOption(await first.getAttribute('value'));
  }
  await verb(form, 'Resolve').click();
  await stateIs(page, 'Resolved');
}

/** Takes the last verb back. */
export async function undo(page) {
  await verb(page, 'Undo').click();
  await page.getByRole('status').filter({ hasText: /undone|taken back/i }).first().waitFor();
}

/** The state as the head of the record says it. */
export async function stateIs(page, name) {
  await page.getByRole('main').locator('header, .head').getByText(name, { exact: true }).first().waitFor();
}

/** The opposite, after a reload. */
export async function stateIsNot(page, name) {
  await page.reload();
  const head = page.getByRole('main').locator('header, .head').getByText(name, { exact: true });
  assert.equal(await head.count(), 0, `the state still reads ${name}`);
}
