// How quick the pages feel over a large database: `node e2e/pace.mjs`, with E2E_URL and E2E_LINK. Prints a table.
//
// Interaction to next paint is read from the browser's Event Timing, which counts in steps of 8 ms and tells nothing below 16 ms.

import { performance } from 'node:perf_hooks';
import { bare } from './bare.mjs';
import { close, open, signedIn } from './browser.mjs';

/** When the page that stands was first painted, in ms after it was gone to. */
const PAINTED = `new Promise((done) => new PerformanceObserver((list) => {
  for (const it of list.getEntriesByName('first-contentful-paint')) done(it.startTime);
}).observe({ type: 'paint', buffered: true }))`;

const rows = [];
const page = await open({ measured: true });
page.setDefaultTimeout(30_000);

await page.addInitScript(() => {
  globalThis.slow = [];
  new PerformanceObserver((list) => {
    for (const { interactionId, name, duration } of list.getEntries()) if (interactionId) globalThis.slow.push({ name, duration });
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });
});

await page.goto('/queue?view=open', { waitUntil: 'networkidle' });
await pressed('keys on the queue: down, up, select', 50, [...Array(30).fill('j'), ...Array(10).fill('k'), ...Array(5).fill('x')]);

const tickets = await page.locator('tr a.subject').evaluateAll((all) => all.slice(0, 10).map((it) => it.getAttribute('href')));
const [ticket] = tickets;
await page.goto(ticket, { waitUntil: 'networkidle' });
await pressed('keys on a ticket: reply, note, close', 50, ['r', 'Escape', 'c', 'Escape', 'r', 'Escape', 'c', 'Escape']);
await verbs();
await close();
await navigation();
table();

/** Presses keys one after another and notes the slowest. */
async function pressed(name, budget, keys) {
  await page.evaluate(() => (globalThis.slow.length = 0));
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
  }
  await note(name, keys.length, budget);
}

/** A verb by its key on one ticket after another: how soon the press shows, and how soon what it did does. */
async function verbs() {
  const worst = [];
  const done = [];
  for (const href of tickets) {
    await page.goto(href, { waitUntil: 'networkidle' });
    await page.evaluate(() => (globalThis.slow.length = 0));
    const toast = page.locator('.toast').filter({ hasText: /Undo/ }).first();
    const begun = performance.now();
    await page.keyboard.press('t');
    await toast.waitFor();
    done.push(performance.now() - begun);
    await page.waitForTimeout(100);
    worst.push(Math.max(0, ...(await page.evaluate(() => globalThis.slow.map(({ duration }) => duration)))));
  }
  const of = (all) => [middle(all), Math.max(...all)].map((ms) => (ms < 16 ? 'under 16 ms' : `${Math.round(ms)} ms`));
  rows.push([`a verb (Take, ${worst.length}): the press is drawn`, ...of(worst), '100 ms']);
  rows.push([`a verb (Take, ${done.length}): what it did is on the page`, ...of(done), '-']);
}

function middle(all) {
  return [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
}

/** From page to page and back, everything but the page itself in the cache. A page of one word says what the browser itself takes. */
async function navigation() {
  const browser = await bare(await signedIn());
  const pages = { '/healthz': 'one word', '/queue?view=open': 'queue', [ticket]: 'ticket', '/today': 'Today', '/services': 'services', '/desk/dashboard': 'dashboard' };
  const times = Object.fromEntries(Object.keys(pages).map((path) => [path, []]));
  // The first visit fills the cache.
  for (const visit of Array(8).keys()) {
    for (const path of Object.keys(pages)) {
      await browser.go(path);
      const painted = await browser.ask(PAINTED);
      if (visit) times[path].push(painted);
    }
  }
  await browser.close();
  for (const [path, all] of Object.entries(times)) {
    const of = [middle(all), Math.max(...all)].map((ms) => `${Math.round(ms)} ms`);
    rows.push([`a page is drawn: ${pages[path]}`, ...of, path === '/healthz' ? 'for comparison' : '100 ms']);
  }
}

async function note(name, count, budget) {
  await page.waitForTimeout(200);
  const slow = (await page.evaluate(() => globalThis.slow.map(({ duration }) => duration))).sort((a, b) => a - b);
  const shown = (ms) => (ms === undefined ? 'under 16 ms' : `${ms} ms`);
  const median = slow.length * 2 > count ? slow[Math.floor(slow.length / 2)] : undefined;
  rows.push([`${name} (${count})`, shown(median), shown(slow.at(-1)), `${budget} ms`]);
}

function table() {
  console.log('| what | median | worst | budget |\n|---|---|---|---|');
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
}
