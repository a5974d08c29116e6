// Every kind of page, wide and narrow, light and dark: axe finds no violation, and the page does not scroll sideways. The morning, the
// queue, registers, reasons, the palette and the dashboard are looked at with their own stories.

import { strict as assert } from 'node:assert';
import { audit, auditDark } from '../../axe.mjs';
import { someOpenIncident } from '../../desk.mjs';
import { fits, hold } from '../../fits.mjs';
import { story } from '../../story.mjs';

const pages = [
  '/queue?q=nothing-like-it', 'INCIDENT', 'INCIDENT/history', 'INCIDENT/resolve', '/incidents', '/incidents/new', '/services', 'SERVICE', '/risks', '/roles/ROL-1',
  '/vendors/import', '/search?q=gate', '/search?q=nothing-like-it', '/do?on=INCIDENT', '/me', '/settings', '/portal', '/help', '/help/agent', '/no/such/page', '/incidents/INC-999999',
];
const strange = ['/signin', '/signin?next=/queue', '/reset', '/once/gone', '/help/requester'];

for (const width of [1440, 390]) {
  story(`axe: every page at ${width}, light and dark`, { width }, async (page) => {
    const incident = await someOpenIncident(page);
    const service = await someService(page);
    const wrong = [];
    for (const path of pages) {
      const answer = await page.goto(path.replace('INCIDENT', incident).replace('SERVICE', service));
      assert.equal(answer.status(), path.startsWith('/no/') || path.includes('999999') ? 404 : 200, path);
      await look(page, path, wrong);
    }
    await page.goto('/incidents/new');
    await page.getByRole('main').getByRole('button', { name: /^(Create|New|Save|Open|Report)/ }).first().click();
    await page.locator('[aria-invalid="true"]').first().waitFor();
    await look(page, 'a form with errors', wrong);
    hold(wrong);
  });

  story(`axe: before signing in at ${width}, light and dark`, { width, stranger: true }, async (page) => {
    const wrong = [];
    for (const path of strange) {
      await page.goto(path);
      await look(page, path, wrong);
    }
    await page.goto('/signin');
    await page.getByLabel('E-mail').fill('nobody@nordhaven.example');
    await page.getByLabel('Password').fill('no such password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('E-mail and password do not go together').waitFor();
    await look(page, 'a wrong password', wrong);
    hold(wrong);
  });
}

async function look(page, what, wrong) {
  for (const check of [fits, audit, auditDark]) await check(page).catch((error) => wrong.push(`${what}: ${error.message}`));
}

async function someService(page) {
  await page.goto('/services');
  return page.getByRole('main').locator('tr a.subject').first().getAttribute('href');
}
