// The morning: what needs one stands on top with its reason, its stake and its verb; the rest of the page is where one looks next.

import { strict as assert } from 'node:assert';
import { auditBoth } from '../../axe.mjs';
import { story } from '../../story.mjs';

story('the morning ranks what needs one, each with because, stake and verb', {}, async (page) => {
  await page.goto('/today');
  await page.getByRole('heading', { level: 1, name: /need(s)? you/ }).waitFor();
  const lines = page.locator('.rank > li');
  assert.ok((await lines.count()) >= 5);
  for (const line of await lines.all()) {
    assert.notEqual(await line.locator('.because').innerText(), '');
    assert.notEqual(await line.locator('.stake').innerText(), '');
    assert.ok((await line.locator('.act a, .act button').count()) >= 1);
  }
  assert.match(await lines.first().locator('.stake').innerText(), /€32,400\/h/, 'what costs most by the hour comes first');
  const told = await page.locator('.told').innerText();
  assert.ok(told.split(/\.\s/).length <= 3, `three sentences: ${told}`);
  for (const heading of ['What needs you, most at stake first', 'Service health']) await page.getByRole('heading', { name: heading }).waitFor();
});

story('windows stand on the line of the day, and open', {}, async (page) => {
  await page.goto('/today');
  const lane = page.locator('svg.lanes a').first();
  await lane.waitFor();
  const href = await lane.getAttribute('href');
  assert.match(href, /^\/(windows|incidents|requests|services)\//);
  await page.goto(href);
  await page.getByRole('heading', { level: 1 }).waitFor();
});

story('the order explains itself, and lines can be turned off', { script: false }, async (page) => {
  await page.goto('/today');
  await page.getByRole('link', { name: 'Why this order?' }).click();
  await page.getByRole('heading', { level: 1, name: 'Why this order?' }).waitFor();
  assert.ok((await page.getByRole('main').locator('tbody tr').count()) >= 5);
  await page.goto('/today');
  await page.getByRole('link', { name: 'What counts' }).click();
  assert.ok((await page.getByRole('checkbox').count()) >= 10);
});

story('the hand-over prints on one sheet', {}, async (page) => {
  await page.goto('/today/sheet');
  const pdf = await page.pdf({ preferCSSPageSize: true });
  assert.equal(pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g).length, 1);
});

story('on a phone the line of the day opens where now is, and the hand-over fits', { width: 390 }, async (page) => {
  await page.goto('/today');
  const now = page.locator('[data-now] .nowline');
  await now.waitFor({ state: 'attached' });
  const seen = await now.evaluate((mark) => {
    const [room, at] = [mark.closest('[data-now]').getBoundingClientRect(), mark.getBoundingClientRect().left];
    return at >= room.left && at <= room.right;
  });
  assert.ok(seen, 'now is in sight');
  await page.goto('/today/sheet');
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `the sheet is ${over} px wider than the window`);
});

for (const width of [1440, 390]) {
  story(`axe: the morning at ${width}, light and dark`, { width }, async (page) => {
    for (const path of ['/today', '/today?all=1', '/today/order', '/today/counts']) {
      await page.goto(path);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 0, `${path} is ${over} px wider than the window`);
      await auditBoth(page);
    }
  });
}
