// The list of a register and its drawer, from the description alone; and the heat map that the practice of risks puts above its list.

import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { audit, auditBoth } from '../../axe.mjs';
import { story } from '../../story.mjs';

const subjects = (page) => page.locator('[data-rows] a.subject');
const drawer = (page) => page.locator('#drawer');
const heading = (page) => drawer(page).getByRole('heading', { level: 2 });
const asked = (page) => new URL(page.url()).searchParams;
const said = (locator) => locator.evaluate((it) => it.textContent.trim());

/** Waits until the drawer shows the record of a row. */
async function shows(page, row) {
  await heading(page).filter({ hasText: await said(row) }).waitFor();
}

story('register: a record opens beside the list, by mouse, and Back closes it', {}, async (page) => {
  await page.goto('/risks');
  await subjects(page).nth(1).click();
  await shows(page, subjects(page).nth(1));
  const open = asked(page).get('open');
  assert.match(open, /^RSK-/);
  assert.equal(await page.locator('tr[aria-current="true"]').getAttribute('data-row'), open);
  await drawer(page).getByRole('link', { name: 'Next' }).click();
  await shows(page, subjects(page).nth(2));
  await page.goBack();
  await drawer(page).waitFor({ state: 'detached' });
  assert.equal(asked(page).get('open'), null);
  await page.goForward();
  await shows(page, subjects(page).nth(2));
  await page.reload();
  await shows(page, subjects(page).nth(2));
  await audit(page);
});

story('register: the drawer by keyboard follows the cursor and gives the focus back', {}, async (page) => {
  await page.goto('/risks');
  await page.keyboard.press('j');
  await page.keyboard.press('o');
  await shows(page, subjects(page).first());
  assert.equal(await said(page.locator(':focus')), await said(heading(page)), 'the focus goes to what was opened');
  await page.keyboard.press('j');
  await shows(page, subjects(page).nth(1));
  assert.equal(await said(page.locator(':focus')), await said(subjects(page).nth(1)), 'the focus stays in the list');
  await page.keyboard.press('Escape');
  await drawer(page).waitFor({ state: 'detached' });
  assert.equal(await said(page.locator(':focus')), await said(subjects(page).nth(1)));
  await page.keyboard.press('Enter');
  await shows(page, subjects(page).nth(1));
  await page.keyboard.press('k');
  await shows(page, subjects(page).first());
  await page.keyboard.press('o');
  await page.waitForURL(/\/risks\/RSK-\d+$/);
  await page.goBack();
  await shows(page, subjects(page).first());
});

story('register: where there is no room for both, the drawer is a page', { width: 390 }, async (page) => {
  await page.goto('/risks');
  await subjects(page).first().click();
  await page.waitForURL(/open=RSK/);
  await heading(page).waitFor();
  assert.equal(await page.locator('[data-rows]').isVisible(), false);
  await audit(page);
  await drawer(page).getByRole('link', { name: /^Close/ }).click();
  await page.locator('[data-rows]').waitFor();
});

story('register: a value changes where it stands, and can be taken back', {}, async (page) => {
  await page.goto('/risks?reference=RSK-7&open=RSK-7');
  const row = page.locator('#row-RSK-7');
  const owner = row.locator('a.edit[href*="/edit/owner"]');
  const before = await said(owner);
  await owner.click();
  const form = row.locator('form.in-place');
  await form.getByLabel('Owner').fill('Nobody Known');
  await page.keyboard.press('Enter');
  await form.getByText(/no such|not exist|There is no/i).waitFor();
  assert.equal(await form.getByLabel('Owner').inputValue(), 'Nobody Known', 'what was typed stands');
  await page.keyboard.press('Escape');
  await owner.waitFor();
  assert.equal(await said(owner), before);
  await owner.click();
  await form.getByLabel('Owner').fill('Emeka Eze');
  await page.keyboard.press('Enter');
  await row.getByText('Emeka Eze').waitFor();
  assert.equal(await page.locator(':focus').getAttribute('href'), await owner.getAttribute('href'), 'the keyboard goes on there');
  await drawer(page).getByText('Emeka Eze').first().waitFor();
  await page.locator('.toast').getByRole('button', { name: 'Undo' }).click();
  await page.locator('.toast').filter({ hasText: 'taken back' }).waitFor();
  assert.equal(await said(owner), before);
});

story('register: who is overtaken in a cell sees it there and decides', {}, async (page) => {
  await page.goto('/risks?reference=RSK-6');
  const row = page.locator('#row-RSK-6');
  await row.locator('a.edit[href*="/edit/review_on"]').click();
  const form = row.locator('form.in-place');
  await form.waitFor();
  const other = await page.context().newPage();
  await other.goto('/risks/RSK-6/edit/review_on');
  await other.getByLabel('Review').fill('2031-03-04');
  await other.getByRole('button', { name: 'Save' }).click();
  await other.waitForURL('**/risks/RSK-6');
  await other.close();
  await form.getByLabel('Review').fill('2032-05-06');
  await page.keyboard.press('Enter');
  await form.getByText('while you typed').waitFor();
  assert.equal(await form.getByLabel('Review').inputValue(), '2032-05-06');
  await form.getByRole('button', { name: 'Save' }).click();
  await row.getByText('6 May 2032').waitFor();
});

story('register: a cell of the heat map narrows the list to its risks', {}, async (page) => {
  await page.goto('/risks?state=open');
  const cell = page.locator('.heat td a').filter({ hasText: /^[2-9]$/ }).first();
  const count = Number(await said(cell));
  await cell.click();
  await page.waitForURL(/likelihood=\d&impact=\d/);
  assert.equal(await subjects(page).count(), count);
  assert.equal(asked(page).get('state'), 'open');
  const chosen = page.locator('.heat a[aria-current="true"]');
  assert.equal(await said(chosen), String(count), 'the other cells stay to be pressed');
  assert.ok((await page.locator('.heat td a').count()) > 5);
  await chosen.click();
  await page.waitForURL((url) => !url.search.includes('impact'));
});

story('register: filters that hide everything say which to drop', {}, async (page) => {
  await page.goto('/risks?state=closed&owner=me');
  await page.getByRole('heading', { name: /hide all/ }).waitFor();
  await page.getByRole('link', { name: /^Without State is Closed: \d+ risk/ }).click();
  await page.waitForURL((url) => !url.search.includes('closed'));
  assert.ok((await subjects(page).count()) > 0);
});

/** A file that no run before has brought in: two rows that fit, one that does not. */
const fresh = () => {
  const run = Date.now();
  const file = 'What could happen;Likelihood;Impact;Owner;Review\n'
    + `A diver cuts the harbour cable ${run};2;4;Tomasz Wójcik;2031-01-31\n`
    + `The ferry strike lasts a month ${run};nine;3;Pita Faleolo;2031-02-28\n`
    + `Rats in duct ${run};2;2;Jonas Lindqvist;2031-03-31\n`;
  return { name: `risks-${run}.csv`, mimeType: 'text/csv', buffer: Buffer.from(file) };
};

async function bringIn(page) {
  await page.goto('/risks');
  await page.getByRole('link', { name: 'Import' }).click();
  await page.locator('input[type=file]').setInputFiles(fresh());
  await page.getByRole('button', { name: 'Look at it' }).click();
  await page.getByRole('heading', { name: /^risks-\d+\.csv: 3 rows/ }).waitFor();
}

story('register: filters and columns are chosen in menus that come when they open', {}, async (page) => {
  await page.goto('/risks?state=open');
  await page.keyboard.press('f');
  await page.locator('form.add-filter select[name=field]:focus').selectOption('likelihood');
  await page.locator('form.add-filter select[name=value]').selectOption({ label: 'Likely' });
  await page.locator('form.add-filter select[name=field]:focus').waitFor();
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.locator('.chip', { hasText: 'Likely' }).waitFor();
  assert.equal(asked(page).get('state'), 'open', 'the filter before is kept');
  await page.locator('summary', { hasText: 'Columns' }).press('Enter');
  const tick = (name) => page.locator('form.add-filter').getByRole('checkbox', { name, exact: true });
  await tick('State').and(page.locator(':focus')).waitFor();
  await tick('Created').check();
  await audit(page);
  await page.getByRole('button', { name: 'Show these' }).click();
  await page.getByRole('columnheader', { name: 'Created' }).waitFor();
  assert.match(asked(page).get('columns'), /created_at/);
  assert.equal(asked(page).get('state'), 'open', 'the filter is kept');
});

story('register: without script filters and columns are pages of their own', { script: false }, async (page) => {
  await page.goto('/risks?state=open');
  const menu = async (name) => {
    await page.locator('summary', { hasText: name }).click();
    await page.locator('.menu').getByRole('link', { name }).click();
  };
  await menu('Columns');
  await page.getByRole('checkbox', { name: 'Created', exact: true }).check();
  await page.getByRole('button', { name: 'Show these' }).click();
  await page.getByRole('columnheader', { name: 'Created' }).waitFor();
  await menu('Add filter');
  await page.getByLabel('Field').selectOption('likelihood');
  await page.getByRole('button', { name: 'Choose this field' }).click();
  await page.getByLabel('Compare').selectOption('gte');
  await page.getByLabel('Value').selectOption({ label: 'Likely' });
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.waitForURL('**likelihood__gte=4**');
  assert.match(asked(page).get('columns'), /created_at/);
  assert.equal(asked(page).get('state'), 'open');
});

story('register: a file is looked at, tried, brought in, and its rejects given back', {}, async (page) => {
  await bringIn(page);
  const goes = page.getByLabel('Field for Likelihood');
  assert.equal(await goes.inputValue(), 'likelihood', 'the column was guessed');
  await page.getByText('1 of 3 cannot be used as they are').waitFor();
  await audit(page);
  await page.getByRole('button', { name: 'Try all 3 rows' }).click();
  await page.getByRole('heading', { name: /^What risks-\d+\.csv would do/ }).waitFor();
  await page.getByText('Nothing was written').waitFor();
  await page.getByRole('button', { name: 'Import 2 rows' }).click();
  await page.getByRole('heading', { name: /is imported/ }).waitFor();
  await audit(page);
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /rejected row/ }).click()]);
  const rejects = await readFile(await file.path(), 'utf8');
  assert.match(rejects, /ferry strike/);
  assert.doesNotMatch(rejects, /Rats/);
  await page.getByRole('link', { name: /^See the 2/ }).click();
  await page.getByRole('link', { name: /^Rats in duct/ }).waitFor();
  await page.waitForLoadState();
  assert.equal(await subjects(page).count(), 2);
});

story('register: without script the drawer, the map, a value and an import are links and forms', { script: false }, async (page) => {
  await page.goto('/risks?state=open');
  const row = subjects(page).nth(3);
  const name = await said(row);
  await row.click();
  assert.equal(await said(heading(page)), name);
  await drawer(page).locator('a.edit[href*="/edit/review_on"]').click();
  await page.getByLabel('Review').fill('2033-07-08');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.waitForURL('**open=RSK**');
  await drawer(page).getByRole('link', { name: '8 Jul 2033' }).waitFor();
  await drawer(page).getByRole('link', { name: /^Close/ }).click();
  await page.waitForURL((url) => !url.searchParams.has('open'));
  assert.equal(await drawer(page).count(), 0);
  await page.locator('.heat td a').first().click();
  await page.waitForURL('**likelihood=**');
  await bringIn(page);
  await page.getByRole('button', { name: 'Try all 3 rows' }).click();
  await page.getByRole('heading', { name: /risks-\d+\.csv/ }).waitFor();
  for (let tries = 0; tries < 60 && (await page.getByText('Nothing was written').count()) === 0; tries += 1) {
    await page.waitForTimeout(200);
    await page.reload();
  }
  await page.getByText('Nothing was written').waitFor();
});

for (const width of [1440, 390]) {
  story(`axe: registers at ${width}, light and dark`, { width }, async (page) => {
    for (const path of ['/risks?state=open&open=RSK-1', '/risks?state=closed', '/contracts', '/vendors?open=VEN-1', '/risks/import']) {
      const answer = await page.goto(path);
      assert.equal(answer.status(), 200, path);
      await auditBoth(page).catch((error) => { throw new Error(`${path}: ${error.message}`); });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 0, `${path} is ${over} px wider than the window`);
    }
  });
}
