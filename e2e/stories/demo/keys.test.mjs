// Keys: one scheme on every page, shown by ?, at rest while one types or decides, and changed in the profile.

import { strict as assert } from 'node:assert';
import { audit } from '../../axe.mjs';
import { kept, someOpenIncident } from '../../desk.mjs';
import { story } from '../../story.mjs';

const cursor = (page) => page.locator('[data-rows] .cursor');

story('keys: rows are walked, opened and gone away from without the mouse', {}, async (page) => {
  await page.goto('/risks');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const reference = await cursor(page).getAttribute('data-row');
  assert.equal(reference, await page.locator('[data-rows] [data-row]').nth(1).getAttribute('data-row'));
  await page.keyboard.press('o');
  await page.waitForURL((url) => url.href.includes(reference));
  await page.keyboard.type('gq');
  await page.waitForURL('**/queue*');
  await page.keyboard.type('gt');
  await page.waitForURL('**/today*');
});

story('keys: ? shows the scheme, and gives the focus back', {}, async (page) => {
  await page.goto('/risks');
  const link = page.getByRole('main').locator('a.subject').first();
  await link.focus();
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await dialog.waitFor();
  await audit(page);
  assert.match(await dialog.innerText(), /Resolve, finish/);
  assert.ok(await dialog.getByRole('heading', { name: 'Keys', exact: true }).evaluate((it) => it === document.activeElement), 'it opens at its heading');
  await page.keyboard.press('j');
  assert.equal(await cursor(page).count(), 0, 'keys rest while a dialog is open');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.ok(await link.evaluate((it) => it === document.activeElement));
});

story('keys: they rest in fields, and the hints of verbs follow what a person has in their place', {}, async (page) => {
  const incident = await someOpenIncident(page);
  await page.goto(incident);
  await page.locator('#composer').getByRole('textbox').first().click();
  await page.keyboard.type('jgqxe?');
  assert.equal(await page.locator('#composer').getByRole('textbox').first().inputValue(), 'jgqxe?', 'letters are letters in a field');
  const emptied = kept(page, '');
  await page.locator('#composer').getByRole('textbox').first().fill('');
  await emptied;

  await page.goto('/me/keys');
  try {
    await page.getByLabel('Resolve, finish').fill('r');
    await page.getByRole('button', { name: 'Save keys' }).click();
    await page.locator('.field').getByText('“r” is already “Reply”').waitFor();
    assert.equal(await page.getByLabel('Resolve, finish').getAttribute('aria-invalid'), 'true');
    await page.getByLabel('Resolve, finish').fill('h');
    await page.getByLabel('Next row').fill('k');
    await page.getByLabel('Row before').fill('j');
    await page.getByRole('textbox', { name: 'Services' }).fill('y');
    await page.getByRole('button', { name: 'Save keys' }).click();
    await page.getByText('Your keys are as you chose').waitFor();

    await page.goto('/risks');
    await page.keyboard.press('k');
    assert.equal(await cursor(page).count(), 1, 'k goes down now');
    await page.goto(incident);
    const resolve = page.locator('.head .verb', { hasText: 'Resolve' }).first();
    assert.equal(await resolve.locator('kbd').innerText(), 'h');
    await resolve.evaluate((verb) => verb.addEventListener('click', () => (globalThis.pressed = true), { once: true }));
    await page.keyboard.press('e');
    assert.equal(await page.evaluate(() => globalThis.pressed), undefined, 'what was moved acts no longer');
    await page.keyboard.press('h');
    await page.waitForURL('**/resolve*');
    await page.goto('/risks');
    await page.keyboard.type('gy');
    await page.waitForURL('**/services*');
  } finally {
    await page.goto('/me/keys');
    await page.getByRole('button', { name: 'Put back what comes' }).click();
    await page.getByText('The keys are as they come').waitFor();
  }
});

story('keys: switched off, only the palette opens', {}, async (page) => {
  await page.goto('/me/keys');
  const save = async (name) => {
    await page.goto('/me/keys');
    await page.getByLabel(name).check();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Your screen is as you chose').waitFor();
  };
  await save('Off: only Ctrl K and Esc act');
  try {
    await page.goto('/risks');
    await page.keyboard.press('j');
    assert.equal(await cursor(page).count(), 0);
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Search, go to, or do something' }).waitFor();
  } finally {
    await save('Single keys act on lists and records');
  }
});

story('keys: the list of them without script, as a page', { script: false }, async (page) => {
  await page.goto('/keys');
  await page.getByRole('heading', { name: 'Keys', exact: true }).waitFor();
  assert.match(await page.getByRole('main').innerText(), /Next row/);
});
