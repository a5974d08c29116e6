// One person in two windows, and a session that ends in the middle of a sentence.

import { strict as assert } from 'node:assert';
import { kept } from '../../desk.mjs';
import { at, box, meet, press, said, saidOnce, sends, signIn, types } from '../../pair.mjs';

const state = (page, words) => page.locator('[data-draft-state]').getByText(words).waitFor();
const value = (page, words) => page.waitForFunction((text) => document.querySelector('#composer-text').value === text, words);

meet('what is typed in one window stands in the other', async ({ rahul, window, ticket }) => {
  const address = await ticket();
  const other = await window(rahul);
  await Promise.all([at(rahul, address), at(other, address)]);
  await types(rahul, 'Begun here, ');
  await value(other, 'Begun here, ');
  await box(other).press('End');
  await box(other).pressSequentially('ended there.');
  await value(rahul, 'Begun here, ended there.');
});

meet('sent in one window, the other holds nothing to be sent twice', async ({ rahul, window, ticket }) => {
  const address = await ticket();
  const other = await window(rahul);
  await Promise.all([at(rahul, address), at(other, address)]);
  await types(rahul, 'Only once, please.');
  await value(other, 'Only once, please.');
  await sends(rahul);
  await saidOnce(rahul, 'Only once, please.');
  await value(other, '');
  await said(other, 'Only once, please.').waitFor();
});

meet('typed in a window that knew nothing of the other: each text is kept, one of them on offer', async ({ rahul, window, ticket }) => {
  const address = await ticket();
  const other = await window(rahul);
  // As on another device: windows of this one would tell each other.
  await other.addInitScript(() => (globalThis.BroadcastChannel = class extends EventTarget { postMessage() {} }));
  await Promise.all([at(rahul, address), at(other, address)]);
  await types(rahul, 'The first half.');
  await box(other).pressSequentially('The second half.');
  const offer = other.locator('[data-other-draft]');
  await offer.getByText('The first half.').waitFor();
  await box(other).pressSequentially(' And more.');
  await state(other, /choose one/);
  assert.equal(await box(other).inputValue(), 'The second half. And more.');
  await rahul.reload();
  await rahul.locator('[data-other-draft]').waitFor();
  assert.equal(await box(rahul).inputValue(), 'The first half.', 'nobody overwrote it');
  await other.reload();
  await offer.getByText('The second half. And more.').waitFor();
  assert.equal(await box(other).inputValue(), 'The first half.');
  await other.reload();
  const saved = kept(other, 'The second half. And more.');
  await offer.getByRole('button', { name: 'Put it in' }).click();
  await value(other, 'The second half. And more.');
  await saved;
  await rahul.reload();
  assert.equal(await box(rahul).inputValue(), 'The second half. And more.', 'it was chosen');
  assert.equal(await offer.count(), 0);
});

meet('sent while a text from elsewhere waits: that one stays', async ({ rahul, window, ticket }) => {
  const address = await ticket();
  const other = await window(rahul);
  await other.addInitScript(() => (globalThis.BroadcastChannel = class extends EventTarget { postMessage() {} }));
  await Promise.all([at(rahul, address), at(other, address)]);
  await types(rahul, 'A long one, from the train.');
  await box(other).pressSequentially('Short.');
  await other.locator('[data-other-draft]').waitFor();
  await sends(other);
  await saidOnce(other, 'Short.');
  await value(other, 'A long one, from the train.');
});

meet('sent on a slow line: what a late save brings does not come back', async ({ rahul, ticket }) => {
  await at(rahul, await ticket());
  const late = [];
  await rahul.route('**/draft/**', async (route) => {
    const request = route.request();
    if (request.method() !== 'POST') return route.continue();
    late.push({ url: request.url(), headers: request.headers(), data: request.postData() });
    await new Promise((over) => setTimeout(over, 20_000));
    await route.abort().catch(() => {});
  });
  await box(rahul).pressSequentially('Once, on a slow line.');
  await rahul.waitForTimeout(800);
  await sends(rahul);
  await saidOnce(rahul, 'Once, on a slow line.');
  assert.ok(late.length, 'a save was under way');
  for (const { url, headers, data } of late) {
    const answer = await rahul.request.post(url, { headers, data });
    assert.deepEqual(await answer.json(), { sent: true });
  }
  await rahul.unroute('**/draft/**', { behavior: 'ignoreErrors' }).catch(() => {});
  await rahul.reload();
  assert.equal(await box(rahul).inputValue(), '');
});

meet('a record changed in one window: the form of the other keeps its long texts, and they are not wiped when it is saved', async ({ rahul, window, ticket, api }) => {
  const address = await ticket();
  const field = (page, label) => page.getByRole('main').getByLabel(label, { exact: false }).first();
  const save = (page) => page.getByRole('main').getByRole('button', { name: 'Save', exact: true }).click();
  await rahul.goto(`${address}/edit`);
  await field(rahul, 'Description').fill('It stands at gate B.');
  await save(rahul);
  await rahul.getByText('It stands at gate B.').first().waitFor();
  const other = await window(rahul);
  await Promise.all([rahul, other].map((page) => page.goto(`${address}/edit`)));
  const version = 'main form [name=version]';
  const before = await other.locator(version).inputValue();
  await field(rahul, 'Category').fill('Hardware');
  await save(rahul);
  await rahul.waitForURL((url) => !url.pathname.endsWith('/edit'));
  await other.waitForFunction(([at, old]) => document.querySelector(at).value !== old, [version, before]);
  assert.equal(await field(other, 'Category').inputValue(), 'Hardware');
  assert.equal(await field(other, 'Description').inputValue(), 'It stands at gate B.');
  // One's own change in the other window is no clash.
  await field(other, 'Category').fill('Scanners');
  await save(other);
  await other.waitForURL((url) => !url.pathname.endsWith('/edit'));
  const { category, description } = await api('GET', address);
  assert.deepEqual({ category, description }, { category: 'Scanners', description: 'It stands at gate B.' });
});

meet('what somebody else changed meanwhile is not undone from the other window of whoever saved', async ({ rahul, window, ticket, api }) => {
  const address = await ticket();
  const field = (page, label) => page.getByRole('main').getByLabel(label, { exact: false }).first();
  const save = (page) => page.getByRole('main').getByRole('button', { name: 'Save', exact: true }).click();
  const other = await window(rahul);
  await Promise.all([rahul, other].map((page) => page.goto(`${address}/edit`)));
  await api('PATCH', address, { location: 'Gate C' });
  await field(rahul, 'Category').fill('Hardware');
  const asked = other.waitForResponse((answer) => answer.url().endsWith(`${address}/edit`));
  await save(rahul);
  await rahul.waitForURL((url) => !url.pathname.endsWith('/edit'));
  await asked;
  await field(other, 'Category').fill('Scanners');
  await save(other);
  await other.getByRole('heading', { name: /was changed while you typed/ }).waitFor();
  assert.equal((await api('GET', address)).location, 'Gate C');
});

meet('a note sent in one window does not stand in the form of the other', async ({ rahul, window, ticket }) => {
  const address = `${await ticket()}/note`;
  const other = await window(rahul);
  await Promise.all([rahul, other].map((page) => page.goto(address)));
  const text = (page) => page.getByRole('main').locator('textarea').first();
  await text(rahul).pressSequentially('The gate was called.');
  await other.waitForFunction(() => document.querySelector('main textarea').value === 'The gate was called.');
  await rahul.getByRole('main').getByRole('button', { name: 'Note', exact: true }).click();
  await rahul.waitForURL((url) => !url.pathname.endsWith('/note'));
  await other.waitForFunction(() => document.querySelector('main textarea').value === '');
});

meet('discarded in one window, it still stands in the one where it was typed', async ({ rahul, window, ticket }) => {
  const address = `${await ticket()}/edit`;
  const category = (page) => page.getByRole('main').getByLabel('Category', { exact: false }).first();
  await rahul.goto(address);
  await category(rahul).fill('Hardware');
  await state(rahul, /Draft saved/);
  const other = await window(rahul);
  await other.goto(address);
  assert.equal(await category(other).inputValue(), 'Hardware');
  await other.getByRole('button', { name: 'Discard' }).click();
  await other.locator('[data-toasts]').getByText('Draft discarded').waitFor();
  assert.equal(await category(other).inputValue(), '');
  assert.equal(await category(rahul).inputValue(), 'Hardware');
  await category(rahul).press('End');
  await category(rahul).pressSequentially(', scanners');
  await rahul.reload();
  await rahul.waitForFunction(() => [...document.querySelectorAll('main input')].some((it) => it.value === 'Hardware, scanners'));
});

meet('the session ends while one types: the text is kept here, and saved after signing in again', async ({ rahul, window, ticket }) => {
  const address = await ticket();
  await at(rahul, address);
  await types(rahul, 'Before it ended. ');
  await rahul.context().clearCookies();
  await box(rahul).pressSequentially('After it ended.');
  await state(rahul, /You are signed out/);
  assert.equal(await box(rahul).inputValue(), 'Before it ended. After it ended.');
  const other = await window(rahul);
  await signIn(other, 'rahul@oakhill.example');
  await state(rahul, /Draft saved/);
  await rahul.reload();
  assert.equal(await box(rahul).inputValue(), 'Before it ended. After it ended.');
}, { apart: true });

meet('the session ends before one sends: nothing is lost, and it is sent after signing in again', async ({ rahul, window, ticket }) => {
  const address = await ticket();
  await at(rahul, address);
  await rahul.locator('#composer').getByText('Internal note').click();
  await types(rahul, 'Sent by somebody who was out.');
  await rahul.context().clearCookies();
  await press(rahul, 'Keep note');
  await rahul.locator('[data-toasts]').getByText(/You are signed out/).first().waitFor();
  assert.equal(await box(rahul).inputValue(), 'Sent by somebody who was out.');
  await signIn(await window(rahul), 'rahul@oakhill.example');
  await state(rahul, /Draft saved/);
  await press(rahul, 'Keep note');
  await saidOnce(rahul, 'Sent by somebody who was out.');
}, { apart: true });

meet('the theme chosen in one window holds in the other', async ({ rahul, window, ticket }) => {
  const other = await window(rahul);
  await Promise.all([rahul.goto(await ticket()), other.goto('/me')]);
  for (const theme of ['Dark', 'Light']) {
    await other.getByRole('main').getByLabel(theme, { exact: true }).check();
    await other.getByRole('main').getByRole('button', { name: /^Save/ }).first().click();
    await rahul.locator(`html[data-theme="${theme.toLowerCase()}"]`).waitFor();
  }
});

meet('what is read in one window is read in the other', async ({ rahul, window, ticket }) => {
  const address = await ticket('Unread until it is opened');
  const queue = await window(rahul);
  await queue.goto('/queue?view=all&sort=-opened_at');
  const row = queue.locator(`#row-${address.split('/').pop()}`);
  await row.waitFor();
  assert.match(await row.getAttribute('class'), /unread/);
  await rahul.goto(address);
  await queue.locator(`#row-${address.split('/').pop()}:not(.unread)`).waitFor();
});
