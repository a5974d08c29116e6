// Who may come in.

import { strict as assert } from 'node:assert';
import { story } from '../../story.mjs';

story('the link of the demo signs in', {}, async (page) => {
  await page.goto('/');
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  assert.ok(await page.getByRole('searchbox', { name: 'Search, go to, or do something' }).isVisible());
});

for (const script of [true, false]) {
  story(`a stranger is asked to sign in, ${script ? 'with' : 'without'} script`, { stranger: true, script }, async (page) => {
    await page.goto('/incidents');
    await page.getByRole('heading', { name: /sign in/i }).waitFor();
    assert.equal(await page.getByText(/INC-\d+/).count(), 0, 'nothing of the desk shows');
  });

  story(`a link that was used says so, ${script ? 'with' : 'without'} script`, { stranger: true, script }, async (page) => {
    const answer = await page.goto(process.env.E2E_LINK);
    assert.ok(answer.status() < 500);
    assert.equal(await page.getByRole('navigation', { name: 'Main' }).count(), 0, 'a used link opens nothing');
  });
}
