// Every kind of page, wide and narrow, light and dark: axe finds nothing serious, and the page does not scroll sideways.

import { strict as assert } from 'node:assert';
import { audit } from '../axe.mjs';
import { someOpenIncident } from '../desk.mjs';
import { story } from '../story.mjs';

const pages = [
  '/queue', 'INCIDENT', 'INCIDENT/history', 'INCIDENT?why=resolution', 'INCIDENT/resolve', '/incidents', '/services', 'SERVICE', '/risks', '/incidents/new',
  '/search?q=gate', '/desk/dashboard', '/desk/dashboard?from=2016-03-01&until=2016-05-30', '/vendors/import', '/me', '/settings', '/no/such/page',
];

for (const width of [1440, 390]) {
  for (const theme of ['light', 'dark']) {
    story(`axe: every page at ${width}, ${theme}`, { width, theme }, async (page) => {
      const incident = await someOpenIncident(page);
      const service = await someService(page);
      const wrong = [];
      const look = async (path) => {
        await fits(page).catch((error) => wrong.push(`${path}: ${error.message}`));
        await audit(page).catch((error) => wrong.push(`${path}: ${error.message}`));
      };
      for (const path of pages) {
        const answer = await page.goto(path.replace('INCIDENT', incident).replace('SERVICE', service));
        assert.equal(answer.status(), path.startsWith('/no/') ? 404 : 200, path);
        await look(path);
      }
      await page.goto('/incidents/new');
      await page.getByRole('main').getByRole('button', { name: /^(Create|New|Save|Open|Report)/ }).first().click();
      await page.locator('[aria-invalid="true"]').first().waitFor();
      await look('a form with errors');
      assert.equal(wrong.join('\n'), '');
    });

    story(`axe: sign-in at ${width}, ${theme}`, { width, theme, stranger: true }, async (page) => {
      await page.goto('/');
      await page.getByRole('heading', { name: /sign in/i }).waitFor();
      await fits(page);
      await audit(page);
    });
  }
}

async function someService(page) {
  await page.goto('/services');
  return page.getByRole('main').locator('tr a.subject').first().getAttribute('href');
}

/** What is wider than the page scrolls in a region of its own. */
async function fits(page) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `the page is ${over} px wider than the window`);
}
