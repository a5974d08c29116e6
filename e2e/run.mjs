// Runs the stories in one process, so that they share one browser and one sign-in: `node e2e/run.mjs [WORD...]`.
// E2E_URL and E2E_LINK name the server and its sign-in link, E2E_REEVE the program that stories start themselves; `cargo x test` sets them.
//
// Stories of `demo` meet the furnished server, those of `looks` only what no other story changes on it, those of `pair` two people in
// one house, those of `own` a house that they begin themselves. So two lanes go side by side; within a lane one story comes after the
// other, as they meet the same records.

import { readdir } from 'node:fs/promises';
import { after, suite } from 'node:test';
import { close } from './browser.mjs';

const words = process.argv.slice(2);
const wanted = (file) => words.length === 0 || words.some((word) => file.includes(word));
const stories = new URL('./stories/', import.meta.url);

async function lane(name) {
  const files = await readdir(new URL(`${name}/`, stories));
  return files.filter((file) => file.endsWith('.test.mjs') && wanted(file)).sort().map((file) => new URL(`${name}/${file}`, stories));
}

const lanes = { pair: await lane('pair'), demo: await lane('demo'), own: await lane('own'), looks: await lane('looks') };
if (Object.values(lanes).flat().length === 0) throw new Error(`no story has ${words.join(' or ')} in its name`);

after(close);
suite('stories', { concurrency: 2 }, () => {
  for (const [name, files] of Object.entries(lanes)) {
    suite(name, { concurrency: 1 }, async () => {
      for (const file of files) await import(file);
    });
  }
});
