// Screenshots: `node e2e/shots.mjs FOLDER PATH...`, each path wide and narrow, light and dark.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { close, open } from './browser.mjs';

const [folder, ...paths] = process.argv.slice(2);
if (!folder || paths.length === 0) throw new Error('node e2e/shots.mjs FOLDER PATH...');
await mkdir(folder, { recursive: true });

const stranger = !process.env.E2E_LINK;
for (const theme of ['light', 'dark']) {
  for (const width of [1440, 390]) {
    const page = await open({ width, theme, stranger });
    for (const path of paths) {
      await page.goto(path);
      const name = path.replaceAll(/\W+/g, '-').replaceAll(/^-|-$/g, '') || 'home';
      const file = join(folder, `${name}-${theme}-${width}.png`);
      await page.screenshot({ path: file, fullPage: width < 600 });
      console.log(file);
    }
    await page.context().close();
  }
}
await close();
