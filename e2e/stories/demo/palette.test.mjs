// The palette: one box for what can be done here, where one can go and what can be found; by keys alone, and without script as pages.

import { strict as assert } from 'node:assert';
import { test } from '../../lane.mjs';
import { rank } from '../../../web/scripts/rank.js';
import { audit, auditBoth } from '../../axe.mjs';
import { someOpenIncident } from '../../desk.mjs';
import { story } from '../../story.mjs';

// Forty verbs as they stand in the tables of registers, and what the engine adds.
const verbs = [
  'Take', 'Assign…', 'Start', 'Reply…', 'Note…', 'Wait…', 'Go on', 'Resolve…', 'Close', 'It works again', 'Reopen…', 'Cancel…', 'Priority…', 'Add time…',
  'Link…', 'Unlink…', 'Watch', 'Stop watching', 'Split off…', 'Merge…', 'Change', 'History', 'Where it is used', 'Why can I see this?', 'Share…', 'Retire…',
  'Accept until…', 'Invite', 'Set roles…', 'Mark as left', 'Rejoin', 'Approve', 'Decline', 'Escalate…', 'Snooze…', 'Find a slot', 'Nudge team', 'Renew…', 'Export', 'Save view',
];

/** The fewest letters of a name after which it is first among all; letters are typed as they stand, or as the beginnings of words. */
function keys(name, all) {
  const words = name.replaceAll(/[^\p{L}\p{N} ]/gu, '');
  const ways = [words.replaceAll(' ', ''), words.split(' ').map((word) => word[0]).join('')];
  for (let count = 1; count <= words.length; count += 1) {
    for (const way of ways) {
      const typed = way.slice(0, count);
      const best = all.map((line) => ({ line, fit: rank(typed, line) })).filter(({ fit }) => fit).sort((a, b) => b.fit.worth - a.fit.worth)[0];
      if (typed.length === count && best?.line === name) return count;
    }
  }
  return Infinity;
}

test('any of forty verbs is first after three letters or so', () => {
  assert.equal(new Set(verbs).size, 40);
  const needed = verbs.map((name) => [keys(name, verbs), name]);
  const slow = needed.filter(([count]) => count > 3);
  assert.deepEqual(slow, [], 'none needs more than three');
  const mean = needed.reduce((sum, [count]) => sum + count, 0) / needed.length;
  assert.ok(mean < 2, `on average ${mean}`);
});

test('letters count at the beginnings of words and where they follow one another', () => {
  const marked = (typed, line) => { const fit = rank(typed, line); return fit && [...line].map((it, at) => (fit.places.has(at) ? it.toUpperCase() : it.toLowerCase())).join(''); };
  assert.equal(marked('sep', 'Set priority'), 'SEt Priority');
  assert.equal(marked('wjc', 'wójcik, tomasz'), undefined, 'not in the middle of words');
  assert.equal(marked('wojc', 'Wójcik, Tomasz'), 'WÓJCik, tomasz', 'accents are not needed');
  assert.equal(marked('to wo', 'Wójcik, Tomasz'), 'WÓjcik, TOmasz', 'words in any order');
  assert.equal(marked('olve', 'Resolve'), 'resOLVE', 'at last anywhere');
  assert.equal(rank('x', 'Resolve'), undefined);
  assert.ok(rank('re', 'Resolve').worth > rank('re', 'It resolves').worth, 'the beginning of the line before that of a word');
  assert.ok(rank('note', 'Note…').worth > rank('note', 'Notes of the vendor').worth, 'whole words first');
});

const name = 'Search, go to, or do something';

async function opened(page) {
  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog', { name });
  await dialog.getByRole('option').first().waitFor();
  return dialog;
}

const chosen = (dialog) => dialog.locator('[role=option][aria-selected=true]');

story('palette: the verbs of a record are found in three letters, and pressed', {}, async (page) => {
  await page.goto(await someOpenIncident(page));
  const dialog = await opened(page);
  const field = dialog.getByRole('combobox');
  const group = dialog.getByRole('group', { name: /^On INC-/ });
  assert.ok(await group.isVisible(), 'what can be done on this stands first');
  const found = await page.evaluate(() => {
    const list = document.querySelector('dialog.palette [role=listbox]'), input = document.querySelector('dialog.palette input');
    const type = (text) => { input.value = text; input.dispatchEvent(new Event('input', { bubbles: true })); return list.querySelector('[aria-selected=true]'); };
    const all = [...list.querySelectorAll('[data-group=on] [role=option], [data-group=do] [role=option]')];
    const needed = all.map((option) => {
      const words = option.words.replaceAll(/[^\p{L}\p{N} ]/gu, '');
      const ways = [words.replaceAll(' ', ''), words.split(' ').map((word) => word[0]).join(''), words[0] + words.split(' ').slice(1).join('')];
      for (let count = 1; count <= 12; count += 1) for (const way of ways) if (way.length >= count && type(`>${way.slice(0, count)}`) === option) return [count, words];
      return [99, words];
    });
    type('');
    return needed;
  });
  assert.ok(found.length >= 40, `${found.length} verbs are offered`);
  const mean = found.reduce((sum, [count]) => sum + count, 0) / found.length;
  assert.ok(mean <= 3, `on average ${mean} letters: ${JSON.stringify(found.filter(([count]) => count > 3))}`);
  assert.ok(found.filter(([count]) => count > 5).length <= found.length / 10, JSON.stringify(found.filter(([count]) => count > 5)));

  await field.fill('his');
  assert.equal((await chosen(dialog).innerText()).trim(), 'History');
  await page.keyboard.press('Enter');
  await page.waitForURL(/history/);
});

story('palette: the focus stays inside, is told what is chosen, and comes back', {}, async (page) => {
  await page.goto('/risks');
  const link = page.getByRole('main').locator('a.subject').first();
  await link.focus();
  const dialog = await opened(page);
  const field = dialog.getByRole('combobox');
  assert.ok(await field.evaluate((it) => it === document.activeElement));
  for (const key of ['Tab', 'Tab', 'Shift+Tab']) {
    await page.keyboard.press(key);
    assert.ok(await field.evaluate((it) => it === document.activeElement), `${key} stays`);
  }
  const active = () => field.getAttribute('aria-activedescendant');
  const first = await active();
  assert.equal(first, await chosen(dialog).getAttribute('id'));
  await page.keyboard.press('ArrowDown');
  assert.notEqual(await active(), first);
  await page.keyboard.press('ArrowUp');
  assert.equal(await active(), first);
  await page.keyboard.press('ArrowUp');
  assert.equal(await active(), await dialog.locator('[role=option]:visible').last().getAttribute('id'), 'from the first to the last');
  await field.fill('zzqx');
  await dialog.getByRole('status').filter({ hasText: 'Nothing found' }).waitFor();
  assert.equal(await active(), null);
  const found = page.waitForResponse((answer) => answer.url().includes('/search/suggest?') && answer.url().includes('q=ris'));
  await field.fill('ris');
  await (await found).finished();
  await dialog.getByRole('status').filter({ hasText: /^\d+ results$/ }).waitFor();
  await audit(page);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  assert.ok(await link.evaluate((it) => it === document.activeElement), 'the focus is back');
});

story('palette: goes to pages, views, settings and records; narrows with signs', {}, async (page) => {
  await page.goto('/risks');
  let dialog = await opened(page);
  const field = () => dialog.getByRole('combobox');
  await field().fill('dash');
  await page.keyboard.press('Enter');
  await page.waitForURL(/dashboard/);

  dialog = await opened(page);
  await field().fill('reopen');
  const setting = dialog.getByRole('group', { name: 'Go to' }).getByRole('option', { name: /may reopen/ });
  assert.match(await setting.getAttribute('href'), /^\/settings#f-/);

  const incident = await (async () => { await page.keyboard.press('Escape'); return someOpenIncident(page); })();
  const reference = incident.split('/').at(-1);
  await page.goto('/risks');
  dialog = await opened(page);
  await field().fill(`#${reference.split('-')[1]}`);
  await dialog.getByRole('group', { name: 'Found' }).getByRole('option', { name: new RegExp(reference) }).waitFor();
  await field().fill('@ines');
  await dialog.getByRole('group', { name: 'Found' }).getByRole('option', { name: /Ines/ }).waitFor();
  await field().fill('tidetable bi');
  await dialog.locator('[aria-selected=true][href^="/services/"]').waitFor();
  assert.match(await chosen(dialog).innerText(), /^Tidetable BI/, 'what is typed whole is chosen, once it is found');
  await field().fill('>new inc');
  assert.match(await chosen(dialog).innerText(), /New incident/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/incidents\/new/);
});

story('palette: the queue is exported and saved as it stands', {}, async (page) => {
  await page.goto('/queue?view=unassigned&priority=3');
  let dialog = await opened(page);
  await dialog.getByRole('combobox').fill('exp');
  assert.match(await chosen(dialog).innerText(), /Export this list/);
  await dialog.getByRole('combobox').fill('parquet');
  assert.match(await chosen(dialog).innerText(), /Export this list/, 'it is found by what it can be');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Export tickets', level: 1 }).waitFor();
  const href = await page.getByRole('link', { name: 'CSV', exact: true }).nth(1).getAttribute('href');
  const file = await page.request.get(href);
  assert.match(new URL(file.url()).search, /active=true&assignee__empty=true&priority=3/, 'the view is written out');
  assert.equal(file.status(), 200);
  await page.goto('/queue?view=unassigned&priority=3');
  dialog = await opened(page);
  await dialog.getByRole('combobox').fill('save');
  await page.keyboard.press('Enter');
  await page.waitForURL(/tickets\/views\?question=/);
  await page.getByLabel('Name').fill(' ');
  await page.getByRole('button', { name: 'Save view' }).click();
  await page.getByText('Not saved. Give the view a name').waitFor();
  await page.getByLabel('Name').fill('Nobody has these yet');
  await page.keyboard.press('Enter');
  await page.getByText('View “Nobody has these yet” saved').waitFor();
  assert.equal(new URL(page.url()).searchParams.get('assignee__empty'), 'true');
  await page.goto('/tickets/views');
  const own = page.locator('section.block', { hasText: 'Nobody has these yet' });
  await own.getByRole('button', { name: 'Remove' }).click();
  await own.waitFor({ state: 'detached' });
});

story('palette: what is found can be linked to the record one is on', {}, async (page) => {
  await page.goto(await someOpenIncident(page));
  const dialog = await opened(page);
  await dialog.getByRole('combobox').fill('service desk');
  const assign = dialog.getByRole('group', { name: /^On INC-/ }).getByRole('option', { name: /^Assign: Service desk/i });
  await assign.click();
  await page.waitForURL(/assign\?team=Service/);
  assert.match(await page.getByLabel('Team').inputValue(), /service desk/i, 'the answer is filled in');
});

story('palette: typing into the box of the bar opens it with what was typed', {}, async (page) => {
  await page.goto('/risks');
  await page.getByRole('searchbox', { name }).focus();
  await page.keyboard.type('q');
  const dialog = page.getByRole('dialog', { name });
  await dialog.waitFor();
  await page.keyboard.type('ueue');
  await page.waitForFunction(() => document.querySelector('dialog.palette [aria-selected=true]')?.textContent.startsWith('Queue'));
  assert.equal(await dialog.getByRole('combobox').inputValue(), 'queue', 'no letter is lost');
});

story('palette: the same without script, as a page', { script: false }, async (page) => {
  const incident = await someOpenIncident(page);
  await page.goto(`/do?on=${incident}`);
  const main = page.getByRole('main');
  await main.getByRole('heading', { name: /^On INC-/ }).waitFor();
  await main.getByRole('link', { name: 'New risk' }).click();
  await page.waitForURL(/risks\/new/);
});

for (const width of [1440, 390]) {
  story(`palette: axe at ${width}, light and dark`, { width }, async (page) => {
    await page.goto('/risks');
    const dialog = await opened(page);
    await dialog.getByRole('combobox').fill('in');
    await dialog.getByRole('group', { name: 'Found' }).waitFor();
    await auditBoth(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 0);
  });
}
