// Two people at one desk, in a house of their own: Dana and Rahul, each with a signed-in context that all stories share, and a new
// ticket for each story to meet at.

import { strict as assert } from 'node:assert';
import { after, test } from './lane.mjs';
import { open } from './browser.mjs';
import { kept } from './desk.mjs';
import { invited, picture } from './story.mjs';
import { world } from './world.mjs';

/** The verb that sends, and nothing else. */
export const SEND = /^Send(?!,| and)/;
const PASSWORD = 'seven small boats';
let begun;

async function begin() {
  const house = await world();
  const [dana, rahul] = await Promise.all([['dana', 'Dana Okafor'], ['rahul', 'Rahul Menon']].map(async ([short, name]) => {
    const page = await open({ base: house.url });
    await invited(page, await house.person(`${short}@oakhill.example`, name, 'agent'));
    await page.close();
    return page.context();
  }));
  await house.person('bao@oakhill.example', 'Bao Tran', 'requester');
  return { house, dana, rahul, token: await house.token('dana@oakhill.example') };
}

/** What all stories of two people stand on; begun by the first of them. */
const stage = () => (begun ??= begin());

after(async () => {
  if (!begun) return;
  const { house } = await begun;
  await house.end();
});

/** Asks the API as Dana. */
async function api(method, path, body) {
  const { house, token } = await stage();
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const answer = await fetch(`${house.url}/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${await answer.clone().text()}`);
  return answer.json();
}

/** A ticket of Bao's; gives the address of its page. */
async function ticket(summary = 'Scanner in lane 3 beeps twice', more = {}, kind = 'incidents') {
  const made = await api('POST', `/${kind}`, { summary, requester: 'bao@oakhill.example', ...more });
  return `/${kind}/${made.reference}`;
}

/**
 * A story of two: `tell({ dana, rahul, window, plain, ticket, api, house })`. `dana` and `rahul` are fresh pages; `window(page)` opens one
 * more for the same person, `plain(page)` one in which no script runs. `apart` gives Rahul a browser of his own, for what would stay
 * behind in the shared one: a clock that was set, a session that ended.
 */
export function meet(name, tell, { apart = false } = {}) {
  test(name, { timeout: 180_000 }, async () => {
    const { house, ...people } = await stage();
    const pages = [];
    const errors = [];
    const heed = (page) => {
      page.on('pageerror', (error) => errors.push(`script: ${error.message}`));
      page.on('response', (answer) => answer.status() >= 500 && errors.push(`${answer.status()} from ${answer.url()}`));
      pages.push(page);
      return page;
    };
    const sit = async (context) => heed(await context.newPage());
    const plain = async (page) => {
      const storageState = await page.context().storageState();
      const context = await page.context().browser().newContext({ baseURL: house.url, storageState, javaScriptEnabled: false });
      context.setDefaultTimeout(10_000);
      return sit(context);
    };
    const dana = await sit(people.dana);
    const rahul = apart ? heed(await open({ base: house.url, state: await people.rahul.storageState() })) : await sit(people.rahul);
    try {
      await tell({ dana, rahul, window: (page) => sit(page.context()), plain, ticket, api, house });
      assert.deepEqual(errors, []);
    } catch (error) {
      for (const page of pages) await picture(page, `${name} ${pages.indexOf(page)}`);
      error.message += `\nat ${pages.map((page) => page.url()).join(' and ')}`;
      throw error;
    } finally {
      await Promise.all([people.dana, people.rahul].map((context) => context.setOffline(false)));
      const shared = new Set([people.dana, people.rahul]);
      const closed = Promise.all(pages.map((page) => (shared.has(page.context()) ? page : page.context()).close()));
      // Chromium now and then forgets to say that a page that was just going elsewhere is gone.
      await Promise.race([closed, new Promise((later) => setTimeout(later, 2_000).unref())]);
    }
  });
}

/** A fact that is changed where it stands. */
export const fact = (page, name) => page.locator(`a.edit[title^="${name} of"]`);

/** Where one writes on a ticket. */
export const box = (page) => page.locator('#composer-text');

/** Opens a ticket, and waits until its page follows what happens. */
export async function at(page, address) {
  const follows = page.waitForResponse((answer) => answer.url().includes('/live/') && answer.ok());
  await page.goto(address);
  await follows;
}

/** Types into the composer and waits until it is kept on the server. */
export async function types(page, words) {
  const whole = kept(page, words);
  await box(page).pressSequentially(words);
  await whole;
  await page.locator('[data-draft-state]').getByText(/Draft saved/).waitFor();
}

/** Presses a verb of the composer. */
export const press = (page, name) => page.locator('#composer .foot').getByRole('button', { name }).locator('visible=true').first().click();

/** Sends what is typed, without the ten seconds in which it could be taken back. */
export async function sends(page) {
  await press(page, SEND);
  await page.locator('.held').getByRole('button', { name: 'Send now' }).click();
}

/** So many times something was said on a ticket, in its final form. */
export const said = (page, words) => page.locator('.journal > li:not(.held) .said').getByText(words, { exact: true });

/** Waits until it was said, and holds that it was said once: by what the server has, as the page may be loading again just now. */
export async function saidOnce(page, words) {
  await said(page, words).first().waitFor();
  const html = await (await page.request.get(page.url())).text();
  const journal = html.split('id="journal"')[1].split('</ol>')[0];
  assert.equal(journal.split(words).length - 1, 1, `“${words}” stands there once`);
}

/** Signs in again, in a window of its own. */
export async function signIn(page, email) {
  await page.goto('/signin');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
}
