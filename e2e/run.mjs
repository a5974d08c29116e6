// Runs the stories in one process, so that they share one browser and one sign-in: `node e2e/run.mjs [WORD...]`.
// E2E_URL and E2E_LINK name the server and its sign-in link, E2E_REEVE the program that stories start themselves; `cargo x test` sets them.
//
// Stories of `demo` meet the furnished server, those of `looks` only what no other story changes on it, those of `pair` two people in
// one house, those of `own` a house that each file begins itself. So two lanes go side by side, and each file of `own` is a lane; within
// a lane one story comes after the other, as they meet the same records. The longest begin.

import { readdir } from 'node:fs/promises';
import { after, suite } from 'node:test';
import { close } from './browser.mjs';
import { lane } from './lane.mjs';

const words = process.argv.slice(2);
const wanted = (file) => words.length === 0 || words.some((word) => file.includes(word));
const stories = new URL('./stories/', import.meta.url);

async function filesOf(name) {
  const files = await readdir(new URL(`${name}/`, stories));
  return files.filter((file) => file.endsWith('.test.mjs') && wanted(file)).sort().map((file) => new URL(`${name}/${file}`, stories).href);
}

const shared = [];
for (const name of ['demo', 'pair', 'looks']) shared.push([name, await filesOf(name)]);
const own = (await filesOf('own')).map((file) => [`own, ${file.split('/').pop()}`, [file]]);
const lanes = [...shared, ...own].filter(([, files]) => files.length > 0);
if (lanes.length === 0) throw new Error(`no story has ${words.join(' or ')} in its name`);

const told = [];
for (const [name, files] of lanes) told.push([name, await lane(files)]);

after(close);
suite('stories', { concurrency: 2 }, () => {
  for (const [name, tell] of told) suite(name, { concurrency: 1 }, tell);
});
