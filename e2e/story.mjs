// A story is a test with a page; when it fails, a picture of the page is kept.

import { join } from 'node:path';
import { test } from './lane.mjs';
import { follow, open } from './browser.mjs';

/** `tell(page)` is run with a page of the given kind; see `open`. `later()` gives what of the kind is known only when it runs. */
export function story(name, kind, tell) {
  test(name, { timeout: 120_000 }, async () => {
    const page = await open({ ...kind, ...kind.later?.() });
    const errors = [];
    page.on('pageerror', (error) => errors.push(`script: ${error.message}`));
    page.on('response', (answer) => answer.status() >= 500 && errors.push(`${answer.status()} from ${answer.url()}`));
    try {
      await tell(page);
      if (errors.length > 0) throw new Error(errors.join('\n'));
    } catch (error) {
      await picture(page, name);
      error.message += `\nat ${page.url()}`;
      throw error;
    } finally {
      await page.context().close();
    }
  });
}

/** Signs in through a link that works once. */
export const enter = follow;

/** Follows an invitation: chooses a password and is in. */
export async function invited(page, link) {
  await page.goto(link);
  await page.getByLabel('Password').fill('seven small boats');
  await page.getByRole('main').getByRole('button').first().click();
  await page.locator('summary.me').waitFor();
}

/** Reports an incident at the desk, and gives the address of its page, where one then is. */
export async function reported(page, summary) {
  await page.goto('/incidents/new');
  await page.getByLabel('Summary').fill(summary);
  await page.getByRole('main').getByRole('button', { name: /^(Create|New|Save|Open|Report)/ }).first().click();
  await page.getByRole('heading', { level: 1, name: summary }).waitFor();
  return new URL(page.url()).pathname;
}

export async function picture(page, name) {
  const folder = process.env.E2E_PICTURES;
  if (!folder) return;
  const path = join(folder, `${name.replaceAll(/\W+/g, '-')}.png`);
  await page.screenshot({ path, fullPage: true }).catch(() => {});
}
