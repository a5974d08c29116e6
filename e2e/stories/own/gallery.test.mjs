// The gallery: every component in every state, in both themes and densities, without a finding of axe.

import { strict as assert } from 'node:assert';
import { audit, colours } from '../../axe.mjs';
import { stateBehind } from '../../browser.mjs';
import { after, before } from '../../lane.mjs';
import { story } from '../../story.mjs';
import { world } from '../../world.mjs';

let house, signedIn;
before(async () => {
  house = await world();
  signedIn = await stateBehind(house.admin, house.url);
});
after(() => house?.end());

async function gallery(page, on) {
  await page.goto('/settings');
  const box = page.getByLabel('Gallery of components');
  await box.setChecked(on);
  await page.getByRole('button', { name: 'Save settings' }).click();
  await page.getByText(/Settings saved|Nothing was changed/).first().waitFor();
}

for (const width of [1440, 390]) {
  story(`gallery: every component at ${width}, both themes and densities`, { width, later: () => ({ base: house.url, state: signedIn }) }, async (page) => {
    await gallery(page, true);
    const wrong = [];
    for (const theme of ['light', 'dark']) {
      for (const density of ['comfortable', 'compact']) {
        const answer = await page.goto(`/ui?theme=${theme}&density=${density}`);
        assert.equal(answer.status(), 200);
        assert.equal(await page.locator('html').getAttribute('data-theme'), theme);
        await audit(page, theme === 'dark' ? colours : []).catch((error) => wrong.push(`${theme}, ${density}: ${error.message}`));
      }
    }
    await gallery(page, false);
    assert.equal((await page.goto('/ui')).status(), 404, 'there for nobody while it is off');
    assert.equal(wrong.join('\n'), '');
  });
}
