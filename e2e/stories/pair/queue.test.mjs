// The agent's queue: cursor and preview, selection and bulk, news that wait, what is unread, who is there.

import { strict as assert } from 'node:assert';
import { at, meet } from '../../pair.mjs';

const row = (page, reference) => page.locator(`#row-${reference}`);
const number = (address) => address.split('/').pop();
const references = (page) => page.locator('[data-row]').evaluateAll((rows) => rows.map((it) => it.dataset.row));

/** Layout shifts of the page from now on, those after a key or a press too; read with `shifts(page)`. */
async function watchShifts(page) {
  await page.evaluate(() => {
    globalThis.shifts = [];
    new PerformanceObserver((list) => {
      for (const it of list.getEntries()) globalThis.shifts.push([it.value, ...it.sources.map((source) => [source.node?.className ?? source.node?.nodeName, source.previousRect.y, source.currentRect.y, source.previousRect.x, source.currentRect.x].join(' '))]);
    }).observe({ type: 'layout-shift' });
  });
}
const shifts = (page) => page.evaluate(() => globalThis.shifts);

/** A few tickets with a word of their own, and the list of just these. */
async function some(ticket, word, count) {
  const all = [];
  for (let at = 1; at <= count; at += 1) all.push(number(await ticket(`${word} ${at}`)));
  return { all, list: `/queue?q=${word}&sort=opened_at` };
}

meet('the cursor walks the rows, and the ticket under it stands beside the list', async ({ dana, ticket }) => {
  const { all, list } = await some(ticket, 'Walrus', 3);
  await at(dana, list);
  assert.deepEqual(await references(dana), all);
  await dana.keyboard.press('j');
  await dana.keyboard.press('j');
  await dana.locator('#preview').getByRole('heading', { name: 'Walrus 2' }).waitFor();
  assert.equal(await row(dana, all[1]).getAttribute('aria-current'), 'true');
  assert.equal(new URL(dana.url()).searchParams.get('at'), all[1], 'the address says where one stands');
  await dana.keyboard.press('k');
  await dana.locator('#preview').getByRole('heading', { name: 'Walrus 1' }).waitFor();
  await row(dana, all[2]).locator('td').nth(4).click();
  await dana.locator('#preview').getByRole('heading', { name: 'Walrus 3' }).waitFor();
  await dana.reload();
  await dana.locator('#preview').getByRole('heading', { name: 'Walrus 3' }).waitFor();
  const asked = [];
  dana.on('request', (request) => request.isNavigationRequest() && asked.push(request.url()));
  await dana.keyboard.press('o');
  await dana.waitForURL(`**/incidents/${all[2]}?in=*`);
  assert.equal(asked.length, 1, 'though the preview has that key as well, one way is gone, once');
  await dana.locator('.head .place').getByText('3 of 3').waitFor();
});

meet('t takes the ticket under the cursor, and one stays in the list', async ({ dana, ticket }) => {
  const { all, list } = await some(ticket, 'Ibis', 2);
  await at(dana, list);
  await dana.keyboard.press('j');
  await dana.locator('#preview').getByRole('heading', { name: 'Ibis 1' }).waitFor();
  await dana.keyboard.press('t');
  await dana.locator('.toast').filter({ hasText: /Undo/ }).waitFor();
  assert.equal(new URL(dana.url()).pathname, '/queue');
  await row(dana, all[0]).getByText('Assigned').waitFor();
});

meet('t takes what the cursor stands on, not what still stands beside it', async ({ dana, ticket, api }) => {
  const { all, list } = await some(ticket, 'Ibex', 3);
  await at(dana, list);
  // Before there is any preview, and while that of another ticket stands, which has no such verb.
  await dana.keyboard.press('j');
  await dana.keyboard.press('t');
  await dana.locator('.toast').filter({ hasText: /Undo/ }).waitFor();
  await dana.locator('#preview').getByRole('heading', { name: 'Ibex 1' }).waitFor();
  await dana.locator('.toast').getByRole('button', { name: 'Dismiss' }).first().click();
  await dana.route('**/queue/preview?**', async (route) => {
    await new Promise((later) => setTimeout(later, 400));
    await route.continue().catch(() => {});
  });
  await dana.keyboard.press('j');
  await dana.keyboard.press('t');
  await dana.locator('.toast').filter({ hasText: /Undo/ }).waitFor();
  await dana.unroute('**/queue/preview?**', { behavior: 'ignoreErrors' });
  const states = await Promise.all(all.map(async (it) => (await api('GET', `/incidents/${it}`)).state));
  assert.deepEqual(states, ['assigned', 'assigned', 'new']);
});

meet('a preview weighs less than 4 KB, and a page of rows less than 10', async ({ dana, ticket }) => {
  const { all, list } = await some(ticket, 'Feather', 30);
  await dana.goto(list);
  const fragment = await dana.evaluate(async (address) => {
    await (await fetch(address, { headers: { 'HX-Request': 'true' } })).text();
    return performance.getEntriesByName(new URL(address, location.href).href)[0].encodedBodySize;
  }, `/queue/preview?in=%2Fqueue&at=${all[0]}`);
  assert.ok(fragment > 300 && fragment < 4096, `the preview: ${fragment} bytes`);
  await dana.goto('/queue?limit=50');
  const page = await dana.evaluate(() => performance.getEntriesByType('navigation')[0].encodedBodySize);
  assert.ok(page > 2000 && page < 10_240, `the page: ${page} bytes`);
});

meet('rows are chosen by keys, tried, done and taken back', async ({ dana, ticket, api }) => {
  const { all, list } = await some(ticket, 'Badger', 4);
  await at(dana, list);
  await dana.keyboard.press('j');
  await dana.keyboard.press('x');
  await dana.keyboard.press('j');
  await dana.keyboard.press('j');
  await dana.keyboard.press('Shift+X');
  const bar = dana.getByRole('toolbar', { name: 'Act on the selection' });
  await bar.getByText('3 selected').waitFor();
  await dana.keyboard.press('p');
  await dana.getByRole('heading', { name: 'Set the priority of 3 tickets' }).waitFor();
  await dana.getByLabel('Impact').selectOption('1');
  await dana.getByLabel('Urgency').selectOption('1');
  await dana.getByRole('button', { name: 'Preview' }).click();
  await dana.getByText('This is what would happen').first().waitFor();
  assert.equal((await api('GET', `/incidents/${all[0]}`)).priority, 4, 'a preview keeps nothing');
  await dana.getByRole('button', { name: 'Set the priority of 3 tickets' }).click();
  await dana.getByRole('heading', { name: 'Set the priority of 3 tickets: done' }).waitFor();
  const priorities = async () => Promise.all(all.map(async (it) => (await api('GET', `/incidents/${it}`)).priority));
  assert.deepEqual(await priorities(), [1, 1, 1, 4]);
  await dana.getByRole('button', { name: 'Undo all 3' }).click();
  await dana.waitForURL('**/queue?*');
  assert.deepEqual(await priorities(), [4, 4, 4, 4]);
  assert.deepEqual(await references(dana), all, 'and the list is the one it was');
});

meet('all that match are chosen beyond the page', async ({ dana, ticket, api }) => {
  const { all, list } = await some(ticket, 'Otter', 3);
  await at(dana, `${list}&limit=2`);
  await dana.keyboard.press('j');
  await dana.keyboard.press('x');
  const bar = dana.getByRole('toolbar', { name: 'Act on the selection' });
  await bar.getByRole('button', { name: 'Select all 3' }).click();
  await bar.getByText('3 selected').waitFor();
  await bar.getByRole('button', { name: 'Select all 3' }).click();
  await dana.getByRole('checkbox', { name: `Select ${all[0]}` }).click();
  await bar.getByText('1 selected').waitFor();
  assert.equal(await dana.locator('input[name=all]').count(), 0, 'whoever unticks one no longer means all');
  await bar.getByRole('button', { name: 'Select all 3' }).click();
  await bar.getByText('3 selected').waitFor();
  await bar.getByRole('button', { name: 'Take' }).click();
  await dana.getByText('This is what would happen').first().waitFor();
  await dana.getByRole('button', { name: 'Take 3 tickets' }).click();
  await dana.getByRole('heading', { name: 'Take 3 tickets: done' }).waitFor();
  for (const it of all) assert.equal((await api('GET', `/incidents/${it}`)).state, 'assigned');
});

meet('more than a page of them is a job, with its progress, and is taken back as one', async ({ dana, ticket, api }) => {
  const { all, list } = await some(ticket, 'Starling', 52);
  await at(dana, list);
  await dana.keyboard.press('j');
  await dana.keyboard.press('x');
  const bar = dana.getByRole('toolbar', { name: 'Act on the selection' });
  await bar.getByRole('button', { name: 'Select all 52' }).click();
  await bar.getByRole('button', { name: 'Take' }).click();
  await dana.getByRole('button', { name: 'Take 52 tickets' }).click();
  await dana.waitForURL('**/tickets/bulk/*');
  await dana.getByRole('heading', { name: 'Take 52 tickets: done' }).waitFor({ timeout: 30_000 });
  assert.equal((await api('GET', `/incidents/${all[51]}`)).state, 'assigned');
  await dana.getByRole('button', { name: 'Undo all 52' }).click();
  await dana.getByRole('heading', { name: 'Undo 52 tickets: done' }).waitFor({ timeout: 30_000 });
  assert.equal((await api('GET', `/incidents/${all[0]}`)).state, 'new');
});

meet('keys find, narrow and copy', async ({ dana, ticket }) => {
  const { all, list } = await some(ticket, 'Plover', 1);
  await dana.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await at(dana, list);
  await dana.keyboard.press('j');
  await dana.locator('#preview').getByRole('heading', { name: 'Plover 1' }).waitFor();
  await dana.keyboard.press('.');
  await dana.locator('[data-toasts]').getByText(`/incidents/${all[0]}`).waitFor();
  assert.match(await dana.evaluate(() => navigator.clipboard.readText()), new RegExp(`/incidents/${all[0]}$`));
  await dana.keyboard.press('f');
  await dana.locator('form.add-filter select[name=field]:focus').waitFor();
  await dana.keyboard.press('Escape');
  await dana.keyboard.press('/');
  await dana.keyboard.type('Nothing has this word');
  await dana.keyboard.press('Enter');
  await dana.getByRole('heading', { name: /^The filters hide/ }).waitFor();
});

meet('what happens changes values in place; rows wait until they are let in', async ({ dana, rahul, ticket }) => {
  const { all, list } = await some(ticket, 'Heron', 2);
  await at(dana, list);
  await watchShifts(dana);
  await rahul.goto(`/incidents/${all[1]}`);
  await rahul.locator('.head').getByRole('button', { name: 'Take' }).click();
  await row(dana, all[1]).locator('.status').getByText('Assigned').waitFor();
  const third = number(await ticket('Heron 3'));
  const notice = dana.locator('[data-newer]');
  await notice.getByText('1 newer').waitFor();
  assert.deepEqual(await references(dana), all, 'nothing moved');
  assert.deepEqual(await shifts(dana), []);
  await dana.keyboard.press('j');
  await dana.locator('#preview').getByRole('heading', { name: 'Heron 1' }).waitFor();
  await dana.keyboard.press('u');
  await row(dana, third).waitFor();
  assert.deepEqual(await references(dana), [...all, third]);
  assert.equal(await row(dana, all[0]).getAttribute('aria-current'), 'true', 'the cursor is where it was');
});

meet('what changed since one looked is marked until it is read', async ({ dana, rahul, ticket }) => {
  const { all, list } = await some(ticket, 'Lynx', 2);
  await at(dana, list);
  await rahul.goto(`/incidents/${all[0]}`);
  await rahul.locator('.head').getByRole('button', { name: 'Take' }).click();
  const unread = row(dana, all[0]).locator('.new-mark');
  await unread.waitFor();
  await dana.keyboard.press('j');
  await dana.locator('#preview').getByRole('heading', { name: 'Lynx 1' }).waitFor();
  await dana.keyboard.press('j');
  await unread.waitFor({ state: 'detached' });
  await dana.reload();
  assert.equal(await unread.count(), 0, 'and stays read');
});

meet('who is at a ticket is seen on its row and beside it', async ({ dana, rahul, ticket }) => {
  const { all, list } = await some(ticket, 'Magpie', 2);
  await at(rahul, `/incidents/${all[0]}`);
  await at(dana, list);
  await row(dana, all[0]).getByText('Rahul is looking').first().waitFor();
  assert.equal(await row(dana, all[1]).getByText('is looking').count(), 0);
  await dana.keyboard.press('j');
  await dana.locator('#preview').getByText('Rahul is looking').first().waitFor();
});

meet('filters hide what there is, and the page says which to drop', async ({ dana, ticket }) => {
  const { all } = await some(ticket, 'Newt', 2);
  await dana.goto('/queue?q=Newt&priority=1');
  await dana.getByRole('heading', { name: /^The filters hide \d+/ }).waitFor();
  await dana.getByRole('link', { name: 'Without priority: 2' }).click();
  await dana.waitForURL((url) => !url.searchParams.has('priority'));
  assert.deepEqual((await references(dana)).sort(), all.sort());
  await dana.keyboard.press('w');
  await dana.locator('#preview').getByRole('heading', { name: 'Why this order?' }).waitFor();
});
