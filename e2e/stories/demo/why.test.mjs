// Why: every figure gives its reason, beside it and as a page that can be sent.

import { strict as assert } from 'node:assert';
import { auditBoth } from '../../axe.mjs';
import { someOpenIncident } from '../../desk.mjs';
import { story } from '../../story.mjs';

/** The sum of times like 1:04:10 in cells. */
const seconds = (text) => text.split(':').map(Number).reduce((sum, part, place) => sum + part * [3600, 60, 1][place], 0);

story('the ledger of a clock adds up to what the chip says', { script: false }, async (page) => {
  const incident = await someOpenIncident(page);
  await page.goto(incident);
  const chip = page.locator('.head .clock').filter({ hasText: 'resolve' });
  await chip.click();
  await page.waitForURL('**why=resolution');
  const rows = await page.locator('table.sum tbody tr:not(.total)').all();
  let sum = 0;
  for (const row of rows) {
    const counted = await row.locator('td').nth(5).innerText();
    sum += counted === '–' ? 0 : seconds(counted);
  }
  const total = await page.locator('table.sum .total td').nth(1).innerText();
  assert.equal(sum, seconds(total));
  await page.getByRole('link', { name: 'CSV' }).waitFor();
});

story('a reason is shown beside its figure, and goes by Escape', {}, async (page) => {
  const incident = await someOpenIncident(page);
  await page.goto(incident);
  const beside = page.locator('.pop.beside');
  await page.locator('.head a.why').first().hover();
  await beside.getByText(/^Why is INC-\d+ P\d\?$/).waitFor();
  await page.keyboard.press('Escape');
  await beside.waitFor({ state: 'detached' });
  await page.locator('.head .clock').filter({ hasText: 'resolve' }).hover();
  await beside.getByText(/^Used of /).waitFor();
  await page.mouse.move(5, 5);
  await beside.waitFor({ state: 'detached' });
});

story('a link is copied without a clipboard where the page may, and else stands selected, to be copied by hand', {}, async (page) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
    document.execCommand = () => globalThis.allowed ?? false;
  });
  const incident = await someOpenIncident(page);
  await page.goto(`${incident}?why=priority`);
  const address = new URL(incident, page.url()).href;
  await page.keyboard.press('.');
  const field = page.locator('.toast input');
  await field.waitFor();
  assert.equal(await field.inputValue(), address);
  assert.ok(await field.evaluate((it) => it === document.activeElement && it.selectionStart === 0 && it.selectionEnd === it.value.length));
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await page.evaluate(() => (globalThis.allowed = true));
  await page.keyboard.press('.');
  await page.locator('.toast').getByText(`Copied: ${address}`).waitFor();
  assert.equal(await field.count(), 0);
});

story('a chip counts on as the server writes it, and says that it rests once it does', {}, async (page) => {
  await page.route('**/live/**', (route) => route.abort());
  await page.goto('/me');
  const said = await page.evaluate(() => {
    const chips = [{ left: 100_860 }, { left: 100_860, days: '' }, { left: 12_180, stops: 30, rests: 'outside hours' }, { left: 30, rests: 'outside hours', stops: 40, broken: 'breached' }].map((data) => {
      const chip = document.createElement('span');
      chip.innerHTML = '<span class="vh">running: </span><span data-time></span><span data-over hidden> over</span>';
      Object.assign(chip.dataset, data);
      document.body.append(chip);
      return chip;
    });
    const at = performance.now();
    for (const detail of [at, at + 60_000]) document.dispatchEvent(new CustomEvent('reeve:time', { detail }));
    const told = () => chips.map((chip) => [...chip.childNodes].filter((it) => !it.hidden).map((it) => it.textContent).join('').replaceAll('\u00a0', ' '));
    const first = told();
    // What a live update says anew counts from then on.
    Object.assign(chips[2].dataset, { left: 8_400, stops: 3_600 });
    chips[2].querySelector('.vh').textContent = 'running: ';
    for (const detail of [at + 60_000, at + 120_000]) document.dispatchEvent(new CustomEvent('reeve:time', { detail }));
    return [first, told()[2]];
  });
  assert.deepEqual(said, [['running: 28 h', 'running: 1 d 4 h', 'outside hours: 3:22', 'breached, outside hours: 0:10 min over'], 'running: 2:19']);
});

story('priority, access and attainment explain themselves as pages', { script: false }, async (page) => {
  const incident = await someOpenIncident(page);
  for (const [path, words] of [
    [`${incident}?why=priority`, /^Why is INC-\d+ P\d\?$/],
    [`${incident}?why=access`, /^Can .* see INC-\d+\?$/],
    ['/desk/dashboard/attainment', /^Why were .* of the promises kept\?$/],
    ['/services/SVC-5?why=attainment', /^Why were .* of the promises on Customs EDI kept\?$/],
    ['/services/SVC-5?why=health', /^Why does Customs EDI say/],
  ]) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1, name: words }).waitFor();
    assert.ok((await page.locator('.steps > li').count()) >= 2, path);
  }
});

for (const width of [1440, 390]) {
  story(`axe: reasons at ${width}, light and dark`, { width }, async (page) => {
    const incident = await someOpenIncident(page);
    for (const path of [`${incident}?why=resolution`, `${incident}?why=priority`, `${incident}?why=access`, '/desk/dashboard/attainment']) {
      await page.goto(path);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 0, `${path} is ${over} px wider than the window`);
      await auditBoth(page);
    }
  });
}
