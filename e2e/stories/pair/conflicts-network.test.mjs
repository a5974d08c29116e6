// A line that comes and goes, answers that get lost, a server that is started again: what was typed stays, what was sent arrives once.

import { strict as assert } from 'node:assert';
import { SEND, at, box, meet, press, said, saidOnce, types } from '../../pair.mjs';

const offline = (page, is) => page.context().setOffline(is);
const state = (page, words) => page.locator('[data-draft-state]').getByText(words).waitFor();
const note = (page) => page.locator('#composer').getByText('Internal note').click();
const keep = (page) => press(page, 'Keep note');
/** As if the seconds until the next try were over. */
const later = (page, seconds) => page.clock.fastForward(seconds * 1000);
/** Where the composer sends to; its draft goes elsewhere. */
const SAID = /:\d+\/incidents\/[^/]+\/said$/;
const WAITS = /Not sent: there is no connection/;

/** Answers the first request to an address with what `how` does, and lets the others through. */
async function first(page, address, how) {
  let count = 0;
  await page.route(address, (route) => ((count += 1) === 1 ? how(route) : route.continue()));
  return () => count;
}

meet('the line goes while one types: it is kept here, and saved once the line is back', async ({ rahul, ticket }) => {
  await at(rahul, await ticket());
  await types(rahul, 'Before. ');
  await offline(rahul, true);
  await box(rahul).pressSequentially('During.');
  await state(rahul, /Kept on this device/);
  await offline(rahul, false);
  await state(rahul, /Draft saved/);
  await rahul.reload();
  assert.equal(await box(rahul).inputValue(), 'Before. During.');
});

meet('the window is closed while the line is away: what was typed is there when it is opened again', async ({ rahul, ticket, window }) => {
  const address = await ticket();
  await at(rahul, address);
  await offline(rahul, true);
  await box(rahul).pressSequentially('Typed on the train.');
  await state(rahul, /Kept on this device/);
  const again = await window(rahul);
  await rahul.close();
  await offline(again, false);
  await again.goto(address);
  await state(again, /Draft saved/);
  assert.equal(await box(again).inputValue(), 'Typed on the train.');
});

meet('the line goes while one sends: it waits, says so, and arrives once', async ({ rahul, ticket }) => {
  await at(rahul, await ticket());
  await note(rahul);
  await types(rahul, 'Sent from a tunnel.');
  await offline(rahul, true);
  await keep(rahul);
  await state(rahul, WAITS);
  assert.equal(await box(rahul).inputValue(), 'Sent from a tunnel.');
  await offline(rahul, false);
  await saidOnce(rahul, 'Sent from a tunnel.');
});

meet('one types on while it waits: it is theirs again, and sent whole when they send it', async ({ rahul, ticket }) => {
  await at(rahul, await ticket());
  await note(rahul);
  await types(rahul, 'From a tunnel');
  await offline(rahul, true);
  await keep(rahul);
  await state(rahul, WAITS);
  const told = rahul.locator('[data-toasts]').getByText('Not sent, as you went on writing').waitFor();
  await box(rahul).pressSequentially(' under the water.');
  await told;
  await offline(rahul, false);
  await state(rahul, /Draft saved/);
  assert.equal(await box(rahul).inputValue(), 'From a tunnel under the water.');
  await keep(rahul);
  await saidOnce(rahul, 'From a tunnel under the water.');
});

meet('the answer is slow and one presses again: it is sent once', async ({ rahul, ticket }) => {
  await at(rahul, await ticket());
  await note(rahul);
  await types(rahul, 'Pressed three times.');
  let go;
  const gate = new Promise((open) => (go = open));
  let count = 0;
  await rahul.route(SAID, async (route) => {
    count += 1;
    await gate;
    await route.continue();
  });
  const sent = rahul.waitForRequest(SAID);
  await keep(rahul);
  await sent;
  await box(rahul).press('Control+Enter');
  await box(rahul).press('Control+Enter');
  go();
  await saidOnce(rahul, 'Pressed three times.');
  assert.equal(count, 1);
});

meet('the answer is lost after it was done: it is tried again, and done once', async ({ rahul, ticket }) => {
  await rahul.clock.install();
  await at(rahul, await ticket());
  await note(rahul);
  await types(rahul, 'Written down already.');
  const tries = await first(rahul, SAID, async (route) => {
    await route.fetch();
    await route.abort('connectionreset');
  });
  await keep(rahul);
  await state(rahul, WAITS);
  await later(rahul, 5);
  await saidOnce(rahul, 'Written down already.');
  assert.equal(tries(), 2);
}, { apart: true });

meet('a form that was saved though its answer was lost is saved once', async ({ rahul, ticket, api }) => {
  await rahul.clock.install();
  const address = await ticket();
  await rahul.goto(`${address}/pend`);
  await rahul.getByRole('main').getByLabel('Note').fill('Waits for the vendor.');
  await first(rahul, /:\d+\/incidents\/[^/]+\/pend$/, async (route) => {
    await route.fetch();
    await route.abort('connectionreset');
  });
  await rahul.getByRole('main').getByRole('button', { name: 'Wait', exact: true }).click();
  await state(rahul, WAITS);
  await later(rahul, 5);
  await rahul.locator('.head .status').getByText('Pending').waitFor();
  const { items } = await api('GET', `${address}/journal`);
  assert.equal(items.filter(({ verb }) => verb === 'pend').length, 1);
}, { apart: true });

meet('a file breaks off on its way: it is sent again with the text, and is there once', async ({ rahul, ticket, api }) => {
  await rahul.clock.install();
  const address = await ticket();
  await at(rahul, address);
  await note(rahul);
  await rahul.locator('#composer input[type=file]').setInputFiles({ name: 'lane3.txt', mimeType: 'text/plain', buffer: Buffer.from('beep beep') });
  await types(rahul, 'The log of lane 3.');
  await first(rahul, SAID, (route) => route.abort('connectionreset'));
  await keep(rahul);
  await state(rahul, WAITS);
  await rahul.locator('#composer .file').getByText('lane3.txt').waitFor();
  await later(rahul, 5);
  await saidOnce(rahul, 'The log of lane 3.');
  const { items } = await api('GET', `${address}/files`);
  assert.deepEqual(items.map(({ name, size }) => [name, size]), [['lane3.txt', 9]]);
}, { apart: true });

meet('the server is started again while one types: not a key is lost, and the page is live again without a reload', async ({ rahul, ticket, house, api }) => {
  const address = await ticket();
  await rahul.clock.install();
  await at(rahul, address);
  await types(rahul, 'Half of ');
  await house.stop();
  let live;
  try {
    await box(rahul).pressSequentially('the sentence');
    await state(rahul, /Kept on this device/);
    await later(rahul, 6);
    await rahul.locator('[data-live-lost]').getByText(/Not live since \d\d:\d\d/).waitFor();
  } finally {
    // Listened for before: the stream may be back the moment the server is.
    live = rahul.waitForResponse((answer) => answer.url().includes('/live/') && answer.ok(), { timeout: 60_000 }).then(() => true, () => false);
    await house.start();
  }
  await later(rahul, 40);
  assert.ok(await live, 'the stream is back');
  await state(rahul, /Draft saved/);
  await rahul.locator('[data-live-lost]').waitFor({ state: 'hidden' });
  await api('POST', `${address}/note`, { text: 'Said after the restart.' });
  await said(rahul, 'Said after the restart.').waitFor();
  assert.equal(await box(rahul).inputValue(), 'Half of the sentence');
}, { apart: true });

meet('the server is started again while one sends: it waits, and arrives once', async ({ rahul, ticket, house }) => {
  await rahul.clock.install();
  await at(rahul, await ticket());
  await note(rahul);
  await types(rahul, 'Said into a restart.');
  await house.stop();
  try {
    await keep(rahul);
    await state(rahul, WAITS);
  } finally {
    await house.start();
  }
  await later(rahul, 5);
  await saidOnce(rahul, 'Said into a restart.');
}, { apart: true });

meet('the server is started again while a reply waits: it is taken back all the same, and sent then', async ({ rahul, ticket, house }) => {
  await at(rahul, await ticket());
  await types(rahul, 'Not like this.');
  await press(rahul, SEND);
  await rahul.locator('.held').getByText('Not like this.').waitFor();
  await house.stop();
  await house.start();
  await rahul.locator('.held').getByRole('button', { name: /^Undo/ }).click();
  await rahul.getByText('It stands in the composer again').waitFor();
  assert.equal(await box(rahul).inputValue(), 'Not like this.');
  assert.equal(await said(rahul, 'Not like this.').count(), 0);
  await press(rahul, SEND);
  await rahul.locator('.held').getByRole('button', { name: 'Send now' }).click();
  await saidOnce(rahul, 'Not like this.');
});

meet('the machine sleeps: awake again the page goes on from where it was, and the text is there', async ({ rahul, ticket, api }) => {
  const address = await ticket();
  await rahul.clock.install();
  await at(rahul, address);
  await types(rahul, 'Before the nap. ');
  const hide = (hidden) => rahul.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
  await hide(true);
  const closed = rahul.waitForEvent('requestfailed', (request) => request.url().includes('/live/'));
  await later(rahul, 20);
  await closed;
  await api('POST', `${address}/note`, { text: 'Said while it slept.' });
  await hide(false);
  await said(rahul, 'Said while it slept.').waitFor();
  await box(rahul).pressSequentially('And after.');
  assert.equal(await box(rahul).inputValue(), 'Before the nap. And after.');
}, { apart: true });
