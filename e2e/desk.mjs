// What a person does at the desk, by the names that are on the page. Everything here works without script.

import { strict as assert } from 'node:assert';

/** A verb by its name; dots or a key hint may follow. It is a button, or a link when it asks for more on a page of its own. */
export function verb(place, name) {
  const named = { name: new RegExp(`^${name}(?![a-z])`, 'i') };
  return place.getByRole('button', named).or(place.getByRole('link', named)).first();
}

let open;

/** The address of an incident that is being worked on; always the same one. */
export async function someOpenIncident(page) {
  open ??= await (async () => {
    await page.goto('/incidents?active=true');
    return page.getByRole('main').locator('tr a.subject').first().getAttribute('href');
  })();
  return open;
}

/** Types into the search box of the top bar, opens what is found and gives its address: in the palette, without script on the page of search. */
export async function find(page, words) {
  const name = 'Search, go to, or do something';
  const box = page.getByRole('searchbox', { name });
  await box.fill(words);
  if (await page.evaluate(() => 'htmx' in globalThis)) {
    const dialog = page.getByRole('dialog', { name });
    const found = dialog.getByRole('group', { name: 'Found' }).getByRole('option').first();
    await found.or(dialog.getByText(/^Nothing found here/)).first().waitFor();
    if (await found.isVisible()) await found.click();
    else await searched(page, dialog.getByRole('combobox'));
  } else {
    await searched(page, box);
  }
  await page.waitForURL('**/incidents/*');
  return new URL(page.url()).pathname;
}

/** Searches everything, and opens what is found first. */
async function searched(page, box) {
  await box.press('Enter');
  await page.waitForURL('**/search?*');
  await page.getByRole('main').locator('a.subject').first().click();
}

/** Opens the history and gives its number of entries. */
export async function history(page) {
  await page.getByRole('main').getByRole('link', { name: /^History/ }).click();
  await page.waitForURL('**/history');
  return page.getByRole('main').locator('.history > li').count();
}

/** Presses a clock in the head of the record, and gives the words of its reason. */
export async function whyOfClock(page, promise) {
  await page.locator('.head .clock').filter({ hasText: promise }).click();
  await page.waitForURL('**why=*');
  const main = page.getByRole('main');
  assert.match(await main.getByRole('heading', { level: 1 }).innerText(), /^Why /);
  return main.innerText();
}

/** Writes a public reply and sends it. */
export async function reply(page, words) {
  const box = page.locator('#composer').getByRole('textbox');
  await box.fill(words);
  await page.locator('#composer').getByRole('button', { name: /^Send(?!,)/ }).first().click();
  await page.getByRole('main').locator('.journal').getByText(words).waitFor();
}

/** Waits, from before it is typed, until the draft that ends so is on the server; nothing: until it is empty. */
export const kept = (page, text) =>
  page.waitForResponse((answer) => {
    const asked = answer.request();
    const draft = asked.method() === 'POST' && answer.url().includes('/draft/') && answer.ok();
    const sent = draft && (new URLSearchParams(asked.postData() ?? '').get('text') ?? '');
    return text ? draft && sent.endsWith(text) : sent === '';
  });

/** Does what asks for more, answering every question that has no answer yet. */
export async function answer(page, name, words, state) {
  await verb(page.locator('.head'), name).click();
  const form = page.getByRole('main').locator('form').filter({ has: page.getByRole('button', { name: new RegExp(`^${name}`) }) });
  await form.waitFor();
  for (const box of await form.getByRole('textbox').all()) {
    if ((await box.inputValue()) === '') await box.fill(words);
  }
  for (const choice of await form.locator('select').all()) {
    const first = choice.locator('option:not([value=""])').first();
    if ((await choice.inputValue()) === '') await choice.selectOption(await first.getAttribute('value'));
  }
  await verb(form, name).click();
  await stateIs(page, state);
}

/** Takes the last verb back by the toast that offers it. */
export async function undo(page) {
  await verb(page.locator('.toast'), 'Undo').click();
}

/** The state as the head of the record says it. */
export async function stateIs(page, name) {
  await page.locator('.head .status').filter({ hasText: name }).waitFor();
}
