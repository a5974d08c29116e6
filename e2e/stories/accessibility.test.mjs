// Every kind of page, wide and narrow, light and dark: axe finds nothing serious, and nothing scrolls sideways.

import { strict as assert } from 'node:assert';
import { audit } from '../axe.mjs';
import { someOpenIncident } from '../desk.mjs';
import { story } from '../story.mjs';

const pages = [
  '/', '/incidents', '/incidents/new', '/incidents/INC', '/incidents/INC?why=clock', '/incidents/INC/journal', '/requests', '/services',
  '/people', '/risks', '/risks/new', '/vendors/import', '/search?q=printer', '/dashboard', '/settings', '/no/such/page',
];

for (const width of [1440, 390]) {
  for (const theme of ['light', 'dark']) {
    for (const path of pages) {
      story(`axe: ${path} at ${width}, ${theme}`, { width, theme }, async (page) => {
        const incident = path.includes('INC') ? await someOpenIncident(page) : '';
        const answer = await page.goto(path.replace('INC', incident));
        assert.equal(answer.status(), path.startsWith('/no/') ? 404 : 200);
        await fits(page);
        await audit(page);
      });
    }
    story(`axe: sign-in at ${width}, ${theme}`, { width, theme, stranger: true }, async (page) => {
      await page.goto('/');
      await fits(page);
      await audit(page);
    });
  }
}

/** What is wider than the page scrolls in a region of its own. */
async function fits(page) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `the page is ${over} px wider than the window`);
}
