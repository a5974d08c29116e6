// Thirty mixed tickets are triaged without a mouse: everything here is a key.

import { strict as assert } from 'node:assert';
import { box, meet, said } from '../../pair.mjs';

const COUNT = 30;
const LIST = '/queue?view=all&sort=reference&q=triage';

/** Presses keys one after the other. */
async function keys(page, ...all) {
  for (const key of all) await page.keyboard.press(key);
}

/** Presses what leads to a page, and waits until that has loaded: before its scripts have run no key acts on it. */
async function leads(page, ...all) {
  const loaded = page.waitForEvent('load');
  await keys(page, ...all);
  await loaded;
}

/** Waits until the focus is in a field, so that what is typed next goes there. */
const inField = (page, name) => page.waitForFunction((name) => document.activeElement?.name === name, name);
const status = (page, words) => page.locator('.head .status').getByText(words, { exact: true }).waitFor();
const toast = (page, words) => page.locator('[data-toasts]').getByText(words).first().waitFor();
const composer = (page) => page.waitForFunction(() => document.activeElement?.id === 'composer-text');

/** Opens the form of a verb by its key, fills its first field and sends it by Enter. */
async function ask(page, key, name, text) {
  await leads(page, key);
  await inField(page, name);
  await page.keyboard.type(text);
  await leads(page, 'Enter');
}

/** What is done to one ticket or another; each begins and ends on its page. */
const DEEDS = [
  async function take(page) {
    await leads(page, 't');
    await status(page, 'Assigned');
  },
  async function assign(page) {
    await leads(page, 'a');
    await inField(page, 'team');
    await keys(page, 'Tab');
    await inField(page, 'assignee');
    await page.keyboard.type('dana@oakhill.example');
    await leads(page, 'Enter');
    await status(page, 'Assigned');
    await page.locator('.facts').getByText('Dana Okafor').first().waitFor();
  },
  async function reply(page) {
    await keys(page, 'r');
    await composer(page);
    await page.keyboard.type('We are looking at it.');
    await leads(page, 'Control+Enter');
    await page.locator('.held').getByText('We are looking at it.').waitFor();
  },
  async function replyTakenBack(page) {
    await keys(page, 'r');
    await composer(page);
    await page.keyboard.type('Too early.');
    await leads(page, 'Control+Enter');
    await page.locator('.held').getByText('Too early.').waitFor();
    await leads(page, 'Control+z');
    await toast(page, 'It stands in the composer again');
    assert.equal(await box(page).inputValue(), 'Too early.');
  },
  async function note(page) {
    await keys(page, 'c');
    await composer(page);
    await page.keyboard.type('Seen before, in lane 2.');
    await leads(page, 'Control+Enter');
    await said(page, 'Seen before, in lane 2.').waitFor();
  },
  async function template(page) {
    await keys(page, 'r');
    await composer(page);
    await keys(page, 'Control+/');
    await page.waitForFunction(() => document.activeElement?.matches('a[data-template]'));
    const chosen = page.locator('a[data-template]:focus').filter({ hasText: 'Triage: which lane' });
    for (let line = 0; line < 9 && !(await chosen.count()); line += 1) await keys(page, 'ArrowDown');
    await chosen.waitFor();
    await keys(page, 'Enter');
    await page.waitForFunction(() => document.querySelector('#composer-text').value === 'Which lane is it, Bao?');
    await leads(page, 'Control+Enter');
    await page.locator('.held').getByText('Which lane is it, Bao?').waitFor();
  },
  async function link(page, { first }) {
    await ask(page, 'l', 'ticket', first);
    await toast(page, /You linked /);
  },
  async function priority(page) {
    await leads(page, 'p');
    await inField(page, 'impact');
    await keys(page, 'h', 'Tab');
    await inField(page, 'urgency');
    await keys(page, 'h', 'Tab', 'Tab');
    await inField(page, 'reason');
    await leads(page, 'Enter');
    await page.locator('.head .prio').getByText('P1').waitFor();
  },
  async function wait(page) {
    await leads(page, 'z');
    await inField(page, 'reason');
    await keys(page, 'Tab');
    await inField(page, 'text');
    await page.keyboard.type('Asked the vendor.');
    await leads(page, 'Control+Enter');
    await status(page, 'Pending');
  },
  async function resolveAndUndo(page) {
    await leads(page, 'e');
    await inField(page, 'resolution');
    await page.keyboard.type('It works again.');
    await leads(page, 'Control+Enter');
    await status(page, 'Resolved');
    await leads(page, 'Control+z');
    await status(page, 'New');
  },
];

meet('thirty mixed tickets are triaged without the mouse', async ({ rahul, ticket, api }) => {
  await api('POST', '/templates', { name: 'Triage: which lane', body: 'Which lane is it, {requester.first_name}?', audience: 'everyone' });
  const made = await Promise.all(Array.from({ length: COUNT }, (_, number) => {
    const kind = number % 3 === 0 ? 'requests' : 'incidents';
    return ticket(`Triage ${number}`, { impact: 1 + (number % 3), urgency: 1 + (number % 2) }, kind);
  }));
  await rahul.goto(LIST);
  await leads(rahul, 'j', 'k', 'o');
  const done = new Set();
  for (let number = 0; number < COUNT; number += 1) {
    await rahul.locator('h1').getByText(/^Triage \d+$/).waitFor();
    const here = new URL(rahul.url()).pathname;
    assert.ok(!done.has(here), `${here} comes once`);
    done.add(here);
    const first = made.find((address) => address !== here).split('/').pop();
    await DEEDS[number % DEEDS.length](rahul, { first });
    assert.equal(new URL(rahul.url()).searchParams.get('in'), LIST, 'the list one came from is still known');
    if (number === COUNT - 1) break;
    await leads(rahul, 'j');
    await rahul.waitForURL((url) => url.pathname !== here && /^\/(incidents|requests)\//.test(url.pathname));
  }
  assert.equal(done.size, COUNT);

  // Back to the list, three of them at once, and all of that taken back.
  await rahul.goto(LIST);
  await keys(rahul, 'j', 'x', 'j', 'x', 'j', 'x');
  await rahul.locator('.bulk').getByText('3 selected').first().waitFor();
  await leads(rahul, 'a');
  await inField(rahul, 'team');
  await keys(rahul, 'Tab');
  await rahul.keyboard.type('dana@oakhill.example');
  await leads(rahul, 'Enter');
  await rahul.waitForFunction(() => document.activeElement?.matches('main button'));
  await leads(rahul, 'Enter');
  await rahul.getByRole('heading', { level: 1, name: /done$/ }).waitFor();
  await leads(rahul, 'Control+z');
  await toast(rahul, /taken back|undone/i);
  await rahul.keyboard.type('gq');
  await rahul.waitForURL((url) => url.pathname === '/queue' && !url.searchParams.has('q'));
  await rahul.getByRole('heading', { level: 1 }).waitFor();
});
