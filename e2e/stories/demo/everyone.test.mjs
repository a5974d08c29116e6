// What axe cannot see: pages written from right to left, at 200 % and 400 % zoom, with wide text spacing, with long words and names,
// in forced colours and without motion. Nothing scrolls sideways, nothing is cut off or covered, and focus can always be seen.

import { strict as assert } from 'node:assert';
import { someOpenIncident } from '../../desk.mjs';
import { fits, hold, readable, walk } from '../../fits.mjs';
import { story } from '../../story.mjs';

const pages = [
  '/queue', 'INCIDENT', 'INCIDENT?why=resolution', 'INCIDENT/history', 'INCIDENT/resolve', '/incidents/new', '/risks', '/risks?open=RSK-1', 'SERVICE', '/today',
  '/desk/dashboard', '/search?q=gate', '/portal', '/portal/report', '/me', '/settings', '/vendors/import', '/help/agent', '/no/such/page',
];
const strange = ['/signin', '/reset', '/once/gone', '/help/requester'];

/** Longer than any line of a phone: a compound of the harbour, and a name of forty characters. */
const compound = 'Hafenumschlagsanlagenbetriebsgenehmigungsverfahren';
const someone = 'Maximiliane Hohenstaufen-Wiśniewska-Lindq';

/** Each changes the page as it stands; the next comes on top. */
const changes = {
  'as it is': () => {},
  'from right to left': () => (document.documentElement.dir = 'rtl'),
  'with wide spacing': () => {
    const sheet = new CSSStyleSheet();
    // The least that WCAG 2.2, 1.4.12 asks for.
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }');
    document.documentElement.dir = 'ltr';
    document.adoptedStyleSheets = [sheet];
  },
  'with long words and names': ({ compound, someone }) => {
    document.adoptedStyleSheets = [];
    const put = (selector, words) => document.querySelectorAll(selector).forEach((element) => {
      const text = [...element.childNodes].find((node) => node.nodeType === 3 && node.data.trim());
      if (text) text.data = words;
    });
    put('main h1, main h2, main a.subject, main .subject, main dd, main dd a, main .said p, main .rank b, main .pill, main .verb span, main label.name, main td .clip', compound);
    put('.nm, .by b, .who', someone);
  },
};

for (const [width, zoom] of [[1440, '100 %'], [720, '200 %'], [390, 'a phone'], [320, '400 %']]) {
  story(`nothing is cut off, covered or too wide: ${zoom}, ${width} px`, { width }, async (page) => {
    const wrong = await lookAt(page, await addresses(page, pages));
    hold(wrong);
  });
  story(`the same before signing in: ${zoom}, ${width} px`, { width, stranger: true }, async (page) => {
    const wrong = await lookAt(page, strange);
    hold(wrong);
  });
}

for (const [width, colours] of [[1440, 'none'], [390, 'none'], [1440, 'active']]) {
  const forced = colours === 'active';
  story(`focus is seen at every stop: ${width} px${forced ? '; forced colours, where what can be pressed has an edge' : ''}`, { width }, async (page) => {
    await page.emulateMedia({ forcedColors: colours });
    const wrong = [];
    for (const path of await addresses(page, pages)) {
      await page.goto(path);
      if (forced) wrong.push(...(await page.evaluate(edgeless)).map((name) => `${path}, no edge: ${name}`));
      await walk(page, forced ? 12 : 25).catch((error) => wrong.push(`${path}: ${error.message}`));
    }
    hold(wrong);
  });
}

story('the checks see what is wrong', { width: 390, stranger: true }, async (page) => {
  await page.goto('/signin');
  const fails = (check, what) => assert.rejects(check, what);
  for (const check of [fits, readable]) await check(page);
  await page.evaluate(() => document.querySelector('h1').append(Object.assign(document.createElement('div'), { textContent: 'x'.repeat(900) })));
  await page.evaluate(() => Object.assign(document.querySelector('h1 div').style, { whiteSpace: 'nowrap', width: 'max-content' }));
  await fails(fits(page), /wider than the window/);
  await page.evaluate(() => Object.assign(document.querySelector('h1 div').style, { width: '20px', overflow: 'hidden' }));
  await fails(readable(page), /cut off: div/);
  await page.evaluate(() => Object.assign(document.querySelector('h1 div').style, { position: 'absolute', inset: '0', width: 'auto', overflow: 'visible', whiteSpace: 'normal', background: 'Canvas' }));
  await fails(readable(page), /under div/);
  await page.evaluate(() => document.querySelector('h1 div').remove());
  await page.evaluate(() => document.querySelectorAll('input, button, a').forEach((it) => it.style.setProperty('outline', 'none', 'important')));
  await fails(walk(page, 3), /no ring/);
});

async function lookAt(page, paths) {
  const wrong = [];
  for (const path of paths) {
    await page.goto(path);
    await still(page).catch((error) => wrong.push(`${path}: ${error.message}`));
    for (const [name, change] of Object.entries(changes)) {
      await page.evaluate(change, { compound, someone });
      for (const check of [fits, readable]) await check(page).catch((error) => wrong.push(`${path} ${name}: ${error.message}`));
    }
  }
  return wrong;
}

/** People who asked for no motion see none. */
async function still(page) {
  const moving = await page.evaluate(() => {
    const slow = ({ transitionDuration, animationDuration }) => [transitionDuration, animationDuration].some((all) => all.split(', ').some((it) => parseFloat(it) > 0.01));
    return [...document.querySelectorAll('*')].filter((it) => slow(getComputedStyle(it))).map((it) => `moves: ${it.tagName.toLowerCase()}.${it.className}`);
  });
  hold(moving.slice(0, 5));
}

/** Verbs, fields and ticks without any edge, line or fill of their own. */
function edgeless() {
  const plain = (element) => {
    const style = getComputedStyle(element);
    const edge = ['Top', 'Bottom', 'Left', 'Right'].some((side) => style[`border${side}Style`] !== 'none' && parseFloat(style[`border${side}Width`]) > 0);
    return !edge && !style.textDecorationLine.includes('underline') && !element.querySelector('svg') && element.checkVisibility();
  };
  const all = document.querySelectorAll('main :is(button, .verb, .in, .tick, .switch, .radio, .clock):not(.bare, .quiet, .menu *, .mode *)');
  return [...all].filter(plain).map((element) => `${element.tagName.toLowerCase()}.${element.className} “${element.textContent.trim().slice(0, 30)}”`).slice(0, 5);
}

let service;

/** Paths with the names of an incident that is worked on and of a service filled in. */
async function addresses(page, paths) {
  const incident = await someOpenIncident(page);
  service ??= await (async () => {
    await page.goto('/services');
    return page.getByRole('main').locator('tr a.subject').first().getAttribute('href');
  })();
  return paths.map((path) => path.replace('INCIDENT', incident).replace('SERVICE', service));
}
