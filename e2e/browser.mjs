// One Chromium for a run, and fresh contexts in it: with or without script, wide or narrow, light or dark.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

/** The server under test, without a slash at the end. */
export const origin = (process.env.E2E_URL ?? 'http://127.0.0.1:7333').replace(/\/$/, '');

/** A name by which no browser takes this machine for itself: over plain HTTP it is then no secure context. */
const NAME = 'desk.test';

/** An address of this machine, by that name. */
export const unencrypted = (address) => address.replace('127.0.0.1', NAME);

/** Chromium calls home at start unless told not to; a test machine may have no way out. */
export const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--window-size=1440,900',
  `--host-resolver-rules=MAP ${NAME} 127.0.0.1`,
];

/** What Playwright then leaves to the browser and its window. */
const BARE = { viewport: null, colorScheme: null, reducedMotion: null, forcedColors: null, contrast: null };

let started;
let cookies;

/** Chromium itself may fall over as it starts, before it has seen a page; then it is started again. */
async function launched(options, tries = 3) {
  try {
    return await chromium.launch(options);
  } catch (error) {
    if (tries === 1) throw error;
    console.error(`Chromium did not start, and is started again: ${error.message.split('\n')[0]}`);
    return launched(options, tries - 1);
  }
}

/** The browser's program. */
export const executablePath = process.env.REEVE_CHROMIUM ?? '/usr/bin/chromium';

async function start() {
  const home = await mkdtemp(join(tmpdir(), 'reeve-chromium-'));
  // Playwright makes a new profile for each launch; HOME keeps the rest of what Chromium writes together.
  const browser = await launched({ executablePath, args: flags, env: { ...process.env, HOME: home } });
  return { browser, home };
}

/**
 * A page of its own context; signed in unless `stranger` or of another server (`base`), or as the one whose `state` is given.
 * `measured`: in a window as it is, without the theme, motion and size that are put upon a page: as such a page goes, Chromium takes them
 * away again and may lay it out once more, for nobody. The caller closes `page.context()`.
 */
export async function open({ width = 1440, theme = 'light', script = true, stranger = false, base = origin, touch = false, measured = false, state } = {}) {
  started ??= start();
  const { browser } = await started;
  const context = await browser.newContext({
    baseURL: base,
    hasTouch: touch,
    javaScriptEnabled: script,
    ...(measured ? BARE : { viewport: { width, height: width < 600 ? 844 : 900 }, colorScheme: theme, reducedMotion: 'reduce' }),
    storageState: state ?? (stranger || base !== origin ? undefined : await signedIn()),
  });
  context.setDefaultTimeout(10_000);
  return context.newPage();
}

/** Signs in through the link that the demo printed, once for the whole run, since the link works once. */
export async function signedIn() {
  cookies ??= stateBehind(process.env.E2E_LINK ?? `${origin}/`);
  return cookies;
}

/** What a browser keeps of whoever follows a link that signs in, to be given to `open` as `state`. */
export async function stateBehind(link, base = origin) {
  const page = await open({ stranger: true, base });
  await follow(page, link);
  const state = await page.context().storageState();
  await page.context().close();
  return state;
}

/** Opens the link; a link that is safe from mail scanners asks for one press. */
export async function follow(page, link) {
  await page.goto(link);
  const rooms = page.getByRole('navigation', { name: 'Main' });
  const press = page.getByRole('main').getByRole('button', { name: /^(sign in|continue)/i });
  await rooms.or(press).first().waitFor();
  if (await press.isVisible()) await press.click();
  await rooms.waitFor();
}

/** Ends the browser. */
export async function close() {
  if (!started) return;
  const { browser, home } = await started;
  await browser.close();
  await rm(home, { recursive: true, force: true });
}
