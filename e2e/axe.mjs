// Accessibility: axe-core over a page; any violation of WCAG 2.2 A or AA fails, and of best practice what it calls serious.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What a theme can break. */
export const colours = ['color-contrast', 'link-in-text-block'];

/** Fails with every violation, its rule, place and reason. With `only` the rules of these names alone are tried. */
export async function audit(page, only = []) {
  // Evaluated and not added as a script tag: the pages' policy would rightly refuse one.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source);
  const runOnly = only.length > 0 ? { type: 'rule', values: only } : { type: 'tag', values: tags };
  const options = { runOnly, resultTypes: ['violations'], preload: false };
  // It compares places that it reads one after another, so nothing may move meanwhile: typefaces stand, and what they moved is drawn.
  const { violations, passes } = await page.evaluate(async (options) => {
    await document.fonts.ready;
    await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
    return globalThis.axe.run(document, options);
  }, options);
  if (passes.length === 0) throw new Error('axe looked at nothing');
  const counts = ({ impact, tags }) => impact === 'serious' || impact === 'critical' || tags.some((it) => it.startsWith('wcag'));
  const found = violations.filter(counts);
  if (found.length > 0) throw new Error(found.map(describe).join('\n'));
}

/** The same page in the other theme: only what colours can break is tried again. */
export async function auditDark(page) {
  await page.emulateMedia({ colorScheme: 'dark' });
  await audit(page, colours);
  await page.emulateMedia({ colorScheme: 'light' });
}

/** A page in both themes. */
export async function auditBoth(page) {
  await audit(page);
  await auditDark(page);
}

function describe({ id, impact, help, nodes }) {
  const places = nodes.slice(0, 5).map(({ target, failureSummary }) => `  ${target.join(' ')}: ${failureSummary.replaceAll(/\s+/g, ' ')}`);
  return [`${id} (${impact}, ${nodes.length} places): ${help}`, ...places].join('\n');
}
