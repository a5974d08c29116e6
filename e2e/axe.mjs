// Accessibility: axe-core over a page; what it calls serious or critical fails.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Fails with every serious violation, its rule, place and reason. */
export async function audit(page) {
  // Evaluated and not added as a script tag: the pages' policy would rightly refuse one.
  await page.evaluate(source);
  const { violations, passes } = await page.evaluate((only) => globalThis.axe.run(document, { runOnly: only }), tags);
  if (passes.length === 0) throw new Error('axe looked at nothing');
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  if (serious.length > 0) throw new Error(serious.map(describe).join('\n'));
}

function describe({ id, impact, help, nodes }) {
  const places = nodes.slice(0, 5).map(({ target, failureSummary }) => `  ${target.join(' ')}: ${failureSummary.replaceAll(/\s+/g, ' ')}`);
  return [`${id} (${impact}, ${nodes.length} places): ${help}`, ...places].join('\n');
}
