// The pictures of the guide: `node e2e/guide.mjs FOLDER [NAME...]`. E2E_LINK signs in whoever runs the house, E2E_REQUESTER somebody who only asks.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { close, follow, open } from './browser.mjs';
import { picture } from './picture.mjs';
import { world } from './world.mjs';

/** Enough to read them; a picture stays below 60 KB. */
const quality = 0.7;
const stuck = '/incidents?q=Customs+declarations+stuck';

/** Every picture: who looks, and how they come to what is shown. */
const pictures = {
  queue: { to: beside },
  ticket: { to: (page) => first(page, stuck) },
  why: { to: async (page) => page.goto(`${await first(page, stuck)}?why=resolution`) },
  today: { to: (page) => page.goto('/today') },
  dashboard: { to: (page) => page.goto('/desk/dashboard') },
  service: { to: (page) => first(page, '/services?q=Customs+EDI') },
  role: { to: role },
  portal: { who: { link: process.env.E2E_REQUESTER }, to: (page) => page.goto('/portal') },
  'first-hour': { to: (page) => page.goto('/first-hour'), who: { empty: true } },
};

async function beside(page) {
  await page.goto('/queue');
  for (const key of ['j', 'j']) await page.keyboard.press(key);
  await page.locator('.preview h2, .preview h1').first().waitFor();
}

/** The first record of a list, on its own page; gives its address. */
async function first(page, list) {
  await page.goto(list);
  const there = await page.getByRole('main').locator('tr a.subject').first().getAttribute('href');
  await page.goto(there);
  return there;
}

async function role(page) {
  await page.goto('/roles');
  const there = await page.getByRole('main').getByRole('link', { name: 'Agent', exact: true }).first().getAttribute('href');
  await page.goto(`/roles/${there.match(/ROL-\d+/)[0]}`);
}

const [folder, ...names] = process.argv.slice(2);
if (!folder) throw new Error('node e2e/guide.mjs FOLDER [NAME...]');
await mkdir(folder, { recursive: true });
const house = await world();
try {
  for (const name of names.length > 0 ? names : Object.keys(pictures)) {
    const { to, who = {} } = pictures[name];
    const page = await opened(who);
    await page.setViewportSize({ width: 1200, height: 740 });
    await to(page);
    const file = join(folder, `${name}.webp`);
    await picture(page, file, { quality });
    await page.context().close();
    console.log(file);
  }
} finally {
  await house.end();
  await close();
}

/** A page of whoever looks. */
async function opened({ link, empty }) {
  if (!link && !empty) return open({ width: 1280 });
  const page = await open({ width: 1280, stranger: true, ...(empty ? { base: house.url } : {}) });
  await follow(page, empty ? house.admin : link);
  return page;
}
