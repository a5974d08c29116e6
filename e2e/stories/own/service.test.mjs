// A service and what it stands on: ten things at a glance, three hundred folded until one asks, and more than that as a table.

import { strict as assert } from 'node:assert';
import { after, before } from '../../lane.mjs';
import { audit } from '../../axe.mjs';
import { enter, story } from '../../story.mjs';
import { world } from '../../world.mjs';

let house;
let session;
const at = () => ({ base: house?.url });

before(async () => {
  house = await world();
  await house.stop();
  const make = numbered(house.bring);
  await small(make);
  await large(make, 'Large', 300);
  await large(make, 'Huge', 420);
  await house.start();
});
after(() => house?.end());

/** Brings records of a kind in and gives their references: numbers go up in the order of the rows. */
function numbered(bring) {
  const [prefix, last] = [{ services: 'SVC', 'configuration-items': 'ITM', relations: 'REL' }, {}];
  return async (kind, all) => {
    await bring(kind, all);
    return all.map(() => `${prefix[kind]}-${(last[kind] = (last[kind] ?? 0) + 1)}`);
  };
}

const needs = (source, target) => ({ source, kind: 'depends_on', target });

/** Customs with nine things round it. */
async function small(make) {
  const services = ['Customs', 'Booking', 'Mail'].map((name) => ({ name, kind: 'technical-service' }));
  const [customs, booking, mail] = await make('services', services);
  const [release] = await make('services', [{ name: 'Cargo release', kind: 'business-process', value_per_hour: '26000.00 EUR' }]);
  const item = (name, kind) => ({ name, kind });
  const kinds = [['gw-01', 'virtual-machine'], ['gw-02', 'virtual-machine'], ['core-1', 'network-device'], ['db-1', 'database'], ['Authority gateway', 'outside'], ['idp-01', 'server']];
  const [gw1, gw2, core, db, authority, idp] = await make('configuration-items', kinds.map(([name, kind]) => item(name, kind)));
  const edges = [[release, customs], [booking, customs], [customs, gw1], [customs, gw2], [gw1, core], [gw2, core], [gw1, authority], [customs, db], [customs, mail], [mail, idp]];
  await make('relations', edges.map(([from, to]) => needs(from, to)));
}

/** A service on so many machines, each on one of four switches. */
async function large(make, name, count) {
  const [service] = await make('services', [{ name }]);
  const machines = count - 5;
  const named = (from, kind, number) => Array.from({ length: number }, (_, n) => ({ name: `${name} ${from} ${n + 1}`, kind }));
  const servers = await make('configuration-items', named('server', 'server', machines));
  const switches = await make('configuration-items', named('switch', 'network-device', 4));
  await make('relations', servers.flatMap((server, n) => [needs(service, server), needs(server, switches[n % 4])]));
}

/** Opens the graph of a service by its name. */
async function graph(page, name) {
  // The link works once; the stories after the first come with its session.
  if (session) await page.context().addCookies(session);
  else {
    await enter(page, house.admin);
    session = await page.context().cookies();
  }
  await page.goto(`/services?q=${name}`);
  const href = await page.getByRole('main').locator('tr a.subject', { hasText: name }).first().getAttribute('href');
  await page.goto(`${href}/graph`);
}

/** Boxes that lie over one another, and texts that leave their boxes. */
const faults = (page) => page.evaluate(() => {
  const boxes = [...document.querySelectorAll('.graph .node')].map((node) => {
    const box = node.querySelector('rect:not(.behind)').getBBox();
    const texts = [...node.querySelectorAll('text')].map((text) => text.getBBox());
    return { name: node.querySelector('title').textContent, box, texts };
  });
  const over = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  const wrong = [];
  boxes.forEach(({ name, box, texts }, place) => {
    boxes.slice(place + 1).forEach((other) => over(box, other.box) && wrong.push(`${name} lies over ${other.name}`));
    texts.forEach((text) => (text.x < box.x || text.x + text.width > box.x + box.width) && wrong.push(`a text of ${name} leaves its box`));
  });
  return wrong;
});

story('ten things are seen whole, walked by keys, and traced', { later: at }, async (page) => {
  await graph(page, 'Customs');
  await page.getByRole('heading', { name: 'Customs stands on 7 things; 2 stand on it' }).waitFor();
  const nodes = page.locator('.graph .node');
  assert.equal(await nodes.count(), 10);
  assert.deepEqual(await faults(page), []);
  assert.equal(await page.locator('.graph-room').evaluate((room) => room.scrollWidth > room.clientWidth), false, 'nothing is cut off');
  await page.locator('.graph .node.me').focus();
  await page.keyboard.press('ArrowLeft');
  const focused = () => page.evaluate(() => document.activeElement.querySelector('title').textContent);
  const left = await focused();
  assert.match(left, /^(gw-0[12]|db-1|Mail), /, 'an arrow leads along a line');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  assert.match(await focused(), /^(Cargo release|Booking), /);
  await page.locator('.graph .node', { hasText: 'Authority gateway' }).focus();
  const lit = await page.locator('.graph .node.lit').evaluateAll((all) => all.map((it) => it.querySelector('title').textContent.split(',')[0]).sort());
  assert.deepEqual(lit, ['Authority gateway', 'Customs', 'gw-01'], 'the way from it to the middle');
  assert.equal(await page.getByRole('main').locator('table tbody tr').count(), 9, 'the table has the same');
  await audit(page);
  await page.locator('.graph .node', { hasText: 'gw-01' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/configuration-items/**');
});

story('three hundred things are folded, opened and found', { later: at }, async (page) => {
  await graph(page, 'Large');
  const nodes = page.locator('.graph .node');
  assert.ok((await nodes.count()) <= 40, 'folded until it can be read');
  assert.deepEqual(await faults(page), []);
  await audit(page);
  await page.getByRole('searchbox', { name: 'Find' }).fill('server 17');
  await page.keyboard.press('Enter');
  await page.waitForURL('**find=server**');
  const found = page.locator('.graph .node.found');
  assert.equal(await found.first().locator('title').textContent().then((name) => name.startsWith('Large server 17')), true, 'what was looked for stands by itself');
  await page.locator('.graph .node.folded').first().click();
  await page.waitForURL('**open=**');
  assert.equal(await nodes.count(), 300, 'opened on demand');
  assert.deepEqual(await faults(page), []);
  await page.getByRole('link', { name: /^fold \d+ .* again$/ }).click();
  await page.waitForURL((url) => !url.searchParams.has('open'));
  assert.ok((await nodes.count()) <= 60);
  assert.equal(await page.getByRole('main').locator('table tbody tr').count(), 299, 'the table has them all');
});

story('three hundred things without script', { later: at, script: false }, async (page) => {
  await graph(page, 'Large');
  await page.getByRole('searchbox', { name: 'Find' }).fill('switch 3');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.locator('.graph .node.found').first().waitFor();
  await page.locator('.graph .node.folded').first().click();
  await page.waitForURL('**open=**');
  assert.equal(await page.locator('.graph .node').count(), 300);
});

story('more than four hundred things are a table with paths', { later: at }, async (page) => {
  await graph(page, 'Huge');
  assert.equal(await page.locator('svg.graph').count(), 0);
  await page.getByText('too many to read as a picture').waitFor();
  assert.ok((await page.getByRole('main').locator('table tbody tr').count()) >= 400);
  await audit(page);
});

for (const theme of ['light', 'dark']) {
  story(`the graph on a phone, ${theme}`, { later: at, width: 390, theme }, async (page) => {
    await graph(page, 'Customs');
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(over <= 0, `the page is ${over} px wider than the window`);
    assert.ok(await page.locator('.graph .node.me').evaluate((node) => {
      const [box, room] = [node.getBoundingClientRect(), node.closest('.graph-room').getBoundingClientRect()];
      return box.left >= room.left && box.right <= room.right;
    }), 'the middle is in sight');
    await audit(page);
  });
}
