// What pages weigh and whether they jump: the budgets of docs/face.md.

import { strict as assert } from 'node:assert';
import { someOpenIncident } from '../../desk.mjs';
import { story } from '../../story.mjs';
import { jumps, weight, wire } from '../../wire.mjs';

const [FIRST, BLOCKING, LATER, SWAP] = [80, 24, 10, 4];
const later = ['/queue', '/today', '/do', '/incidents', '/incidents/new', 'INCIDENT', 'INCIDENT?why=resolution', '/services', '/risks', '/vendors', '/desk/dashboard', '/me', '/search?q=gate', '/portal'];

story('the first page costs 80 KB with typefaces and scripts, and what keeps it from being drawn 24 KB', {}, async (page) => {
  const line = await wire(page);
  await page.goto('/today', { waitUntil: 'networkidle' });
  const came = line.bytes();
  assert.ok(came.length > 3, 'nothing lay in the cache');
  const all = weight(came);
  const blocking = weight(came, 'Document', 'Stylesheet');
  console.log(`first page ${all.toFixed(1)} KB, of it ${blocking.toFixed(1)} KB before it is drawn`);
  assert.ok(all <= FIRST, `${all.toFixed(1)} KB: ${JSON.stringify(came)}`);
  assert.ok(blocking <= BLOCKING, `${blocking.toFixed(1)} KB before anything is drawn`);
  assert.equal(await jumps(page), '', 'nothing jumps');
});

story('a later page costs 10 KB, a part that comes later 4, and nothing jumps', {}, async (page) => {
  const incident = await someOpenIncident(page);
  await page.goto('/today', { waitUntil: 'networkidle' });
  const line = await wire(page);
  const wrong = [];
  const said = [];
  for (const path of later.map((path) => path.replace('INCIDENT', incident))) {
    await page.goto(path);
    // The second visit: sheets and scripts of that kind of page are there, as they are all day.
    await page.goto(path, { waitUntil: 'networkidle' });
    const all = line.bytes().filter(({ kind }) => kind !== 'EventSource');
    const swaps = all.filter(({ kind }) => kind === 'XHR' || kind === 'Fetch');
    const came = all.filter((it) => !swaps.includes(it));
    const jumped = await jumps(page);
    said.push(`${path} ${weight(came).toFixed(1)}`);
    if (weight(came) > LATER) wrong.push(`${path}: ${weight(came).toFixed(1)} KB ${JSON.stringify(came)}`);
    for (const swap of swaps) if (weight([swap]) > SWAP) wrong.push(`${swap.path}: ${weight([swap]).toFixed(1)} KB`);
    if (jumped) wrong.push(`${path} jumps: ${jumped}`);
  }
  console.log(`later pages, KB: ${said.join(' · ')}`);
  assert.equal(wrong.join('\n'), '');
});
