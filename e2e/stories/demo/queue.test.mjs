// The queue of the demo: fit for everybody, and complete without script.

import { strict as assert } from 'node:assert';
import { auditBoth } from '../../axe.mjs';
import { story } from '../../story.mjs';

for (const width of [1440, 390]) {
  story(`axe: the queue with a preview and a selection at ${width}, light and dark`, { width }, async (page) => {
    await page.goto('/queue');
    await page.keyboard.press('j');
    await page.waitForURL('**at=*');
    if (width > 1180) await page.locator('#preview h2').waitFor();
    await page.keyboard.press('x');
    await page.getByRole('toolbar', { name: 'Act on the selection' }).getByText('1 selected').waitFor();
    await auditBoth(page);
    await page.goto('/queue?why=order');
    await auditBoth(page);
  });
}

story('the queue works without script: views, a preview, a selection', { script: false }, async (page) => {
  await page.goto('/queue');
  const first = page.locator('[data-row]').first();
  const reference = await first.getAttribute('data-row');
  await first.locator('a.ref').click();
  await page.waitForURL(`**at=${reference}`);
  assert.equal(await page.locator('#preview a.ref').first().innerText(), reference);
  await page.locator(`#row-${reference}`).getByRole('checkbox').check();
  await page.getByRole('toolbar', { name: 'Act on the selection' }).getByText('More').click();
  await page.getByRole('button', { name: 'Change a field…' }).click();
  await page.getByRole('heading', { name: /Change 1 ticket/ }).waitFor();
  await page.getByRole('link', { name: 'Leave' }).click();
  await page.waitForURL('**/queue*');
  await page.getByRole('complementary', { name: 'Views' }).getByRole('link', { name: /^Unassigned/ }).click();
  await page.getByRole('heading', { name: 'Unassigned' }).waitFor();
});
