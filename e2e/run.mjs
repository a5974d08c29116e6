// Runs the stories in one process, so that they share one browser and one sign-in: `node e2e/run.mjs [WORD]`.
// E2E_URL and E2E_LINK name the server and its sign-in link, E2E_REEVE the program that stories start themselves; `cargo x test` sets them.

import { readdir } from 'node:fs/promises';
import { after } from 'node:test';
import { close } from './browser.mjs';

const wanted = process.argv[2] ?? '';
const folder = new URL('./stories/', import.meta.url);
const files = (await readdir(folder)).filter((name) => name.endsWith('.test.mjs') && name.includes(wanted)).sort();
if (files.length === 0) throw new Error(`no story has ${JSON.stringify(wanted)} in its name`);

after(close);
for (const file of files) await import(new URL(file, folder));
