// The pictures of the documentation: `node e2e/pictures.mjs FOLDER [NAME...]`, each page wide and narrow, light and dark.
// E2E_LINK signs in whoever runs the house, E2E_REQUESTER somebody who only asks.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { close, open, stateBehind } from './browser.mjs';
import { picture } from './picture.mjs';

/** Every page that is shown, with what is done on it before it is taken. */
const pages = {
  today: (page) => page.goto('/today'),
  queue: queue,
  ticket: (page) => known(page),
  why: async (page) => page.goto(`${await known(page)}?why=resolution`),
  service: (page) => first(page, '/services?q=Customs+EDI'),
  register: (page) => beside(page, '/risks'),
  dashboard: (page) => page.goto('/desk/dashboard'),
  palette: palette,
  profile: (page) => page.goto('/me'),
  error: (page) => page.goto('/incidents/INC-999999'),
  signin: (page) => page.goto('/'),
  portal: (page) => page.goto('/portal'),
};

async function queue(page) {
  await page.goto('/queue');
  if (page.viewportSize().width < 860) return;
  for (const key of ['j', 'j', 'j', 'x']) await page.keyboard.press(key);
  await page.locator('.preview h2, .preview h1').first().waitFor();
}

/** The ticket that the pictures tell of; gives its address. */
async function known(page) {
  await page.goto('/search?q=Customs+declarations+stuck');
  await page.goto(await page.getByRole('main').locator('a.subject').first().getAttribute('href'));
  return new URL(page.url()).pathname;
}

async function palette(page) {
  await known(page);
  await page.keyboard.press('Control+k');
  const box = page.getByRole('combobox').first();
  await box.waitFor();
  await box.fill('re');
  await page.getByRole('option').first().waitFor();
}

/** The first record of a list, on its own page. */
async function first(page, list) {
  await page.goto(list);
  await page.goto(await page.getByRole('main').locator('tr a.subject').first().getAttribute('href'));
}

/** The first record of a list, beside the list. */
async function beside(page, list) {
  await page.goto(list);
  const there = await page.getByRole('main').locator('tr a.subject').first().getAttribute('href');
  if (page.viewportSize().width > 860) await page.goto(there);
}

const [folder, ...names] = process.argv.slice(2);
if (!folder) throw new Error('node e2e/pictures.mjs FOLDER [NAME...]');
const unknown = names.filter((name) => !(name in pages));
if (unknown.length > 0) throw new Error(`no page is called ${unknown.join(', ')}; there are ${Object.keys(pages).join(', ')}`);
await mkdir(folder, { recursive: true });

// Its link works once.
const asker = process.env.E2E_REQUESTER && (await stateBehind(process.env.E2E_REQUESTER));
for (const theme of ['light', 'dark']) {
  for (const width of [1440, 390]) {
    for (const name of names.length > 0 ? names : Object.keys(pages)) {
      const who = name === 'signin' ? { stranger: true } : name === 'portal' ? { state: asker } : {};
      const page = await open({ width, theme, ...who });
      await pages[name](page);
      const file = join(folder, `${name}-${theme}-${width}.webp`);
      await picture(page, file);
      await page.context().close();
      console.log(file);
    }
  }
}
await close();
