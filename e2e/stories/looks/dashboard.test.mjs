// The figures of the desk: what they say is what their lists hold, they can be taken along, and they fit on paper.

import { strict as assert } from 'node:assert';
import { audit, auditBoth } from '../../axe.mjs';
import { story } from '../../story.mjs';

const path = '/desk/dashboard';
const year = `${path}?from=2016-03-01&until=2017-02-12`;

story('the dashboard opens on weeks that have figures, and says which', {}, async (page) => {
  await page.goto(path);
  await page.getByText(/^\d+ weeks, from \d+ \w+ \d{4} to \d+ \w+ \d{4}/).waitFor();
  const opened = page.locator('.figs > div').filter({ hasText: 'opened' }).locator('a');
  assert.ok(Number((await opened.innerText()).replaceAll(',', '')) > 100, 'there is something to see');
  for (const title of ['Came in', 'Left over', 'Promises kept', 'Time to resolve', 'Passed from team to team', 'How old the open ones are', 'Teams', 'When they come in']) {
    await page.getByRole('heading', { name: title, exact: true }).waitFor();
  }
});

story('a mark leads to its records, and a table has the same figures', { script: false }, async (page) => {
  await page.goto(year);
  const block = page.locator('section.block').filter({ has: page.getByRole('heading', { name: 'Time to resolve' }) });
  const mark = block.locator('svg a').first();
  const said = await mark.locator('title').textContent();
  const count = Number(said.split(': ')[1]);
  await block.getByText('Figures as a table').click();
  const row = await block.locator('tbody tr').first().locator('td').first().innerText();
  assert.equal(Number(row.replaceAll(',', '')), count);
  const href = await mark.getAttribute('href');
  await page.goto(href);
  await page.getByRole('main').locator('tr a.subject').first().waitFor();
});

story('the figures of a part can be taken along', {}, async (page) => {
  await page.goto(year);
  const href = await page.locator('section.block').filter({ hasText: 'Came in' }).first().getByRole('link', { name: 'CSV', includeHidden: true }).getAttribute('href');
  const answer = await page.request.get(href);
  assert.match(answer.headers()['content-type'], /^text\/csv/);
  const lines = (await answer.text()).trim().split('\r\n');
  assert.equal(lines[0], 'Week of,Opened,Resolved,Difference,Open at the end');
  assert.equal(lines.length, 51, 'a line a week');
});

story('an hour of the week lists what came in', {}, async (page) => {
  await page.goto(path);
  const cell = page.locator('.arrivals .heat td a').first();
  const count = Number(await cell.innerText());
  await cell.click();
  await page.getByRole('heading', { level: 1, name: new RegExp(`^${count} came in on`) }).waitFor();
  assert.equal(await page.getByRole('main').locator('tbody tr').count(), count);
  await audit(page);
});

story('teams are ordered by what one asks', { script: false }, async (page) => {
  await page.goto(year);
  await page.getByRole('link', { name: 'Changed teams' }).click();
  const head = page.getByRole('columnheader', { name: 'Changed teams' });
  assert.equal(await head.getAttribute('aria-sort'), 'descending');
  const shares = await page.locator('#teams tbody tr td:last-child').allInnerTexts();
  const numbers = shares.map((text) => parseInt(text, 10));
  assert.deepEqual(numbers, [...numbers].sort((a, b) => b - a));
});

story('the dashboard fits on paper', {}, async (page) => {
  await page.goto(path);
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 718, height: 1_000 }); // A4 within margins of 10 mm, at 96 dots an inch
  const over = await page.evaluate(() => {
    const wide = (element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1;
    return [...document.querySelectorAll('main svg, main table, main figure, main h2')].filter(wide).map((it) => it.outerHTML.slice(0, 80));
  });
  assert.deepEqual(over, [], 'nothing is cut off at the right');
  const pdf = await page.pdf({ format: 'A4', margin: { top: '10mm', bottom: '10mm', left: '10mm', right: '10mm' } });
  const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g).length;
  assert.ok(sheets <= 4, `${sheets} sheets`);
});

for (const width of [1440, 390]) {
  story(`axe: the dashboard at ${width}, light and dark`, { width }, async (page) => {
    for (const at of [path, year]) {
      await page.goto(at);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 0, `${at} is ${over} px wider than the window`);
      await auditBoth(page);
    }
  });
}
