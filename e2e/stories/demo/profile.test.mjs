// The profile: what one chooses is kept with the person, and the server makes every page so that nothing flashes.

import { strict as assert } from 'node:assert';
import { audit } from '../../axe.mjs';
import { open } from '../../browser.mjs';
import { kept, someOpenIncident } from '../../desk.mjs';
import { story } from '../../story.mjs';

async function save(page, section, labels, said) {
  await page.goto('/me');
  for (const label of labels) await page.getByLabel(label, { exact: true }).check();
  await page.getByRole('button', { name: section }).click();
  await page.getByText(said).waitFor();
}

const screen = (page, ...labels) => save(page, 'Save screen', labels, 'Your screen is as you chose');

story('profile: theme and density are on the page before any script, in every browser of the person', {}, async (page) => {
  await screen(page, 'Dark', 'Compact');
  try {
    const other = await open({ script: false, theme: 'light' });
    await other.goto('/risks');
    assert.equal(await other.locator('html').getAttribute('data-theme'), 'dark');
    assert.equal(await other.locator('html').getAttribute('data-density'), 'compact');
    const paper = await other.locator('html').evaluate((it) => getComputedStyle(it).backgroundColor);
    assert.match(paper, /^rgb\((1?\d|2\d|3\d), /, `dark paper, not ${paper}`);
    await audit(page);
    await other.context().close();
  } finally {
    await screen(page, 'As the system has it', 'Comfortable');
  }
});

story('profile: dates and numbers in one’s own manner, the exact time on hover', {}, async (page) => {
  const incident = await someOpenIncident(page);
  const exact = async () => {
    await page.goto(incident);
    return page.locator('main time').first().getAttribute('title');
  };
  assert.match(await exact(), /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d+ [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [A-Z+]/);
  await page.goto('/me');
  await page.getByRole('radio', { name: /^Dansk/ }).check();
  await page.getByRole('button', { name: 'Save dates and numbers' }).click();
  await page.getByText('Dates and numbers are written as you chose').waitFor();
  try {
    assert.match(await exact(), /^(man|tir|ons|tor|fre|lør|søn)\. \d+\. [a-z]+\.? \d{4}/);
  } finally {
    await page.goto('/me');
    await page.getByRole('radio', { name: 'English Fri 2 Oct 2026' }).check();
    await page.getByRole('button', { name: 'Save dates and numbers' }).click();
    await page.getByText('Dates and numbers are written as you chose').waitFor();
  }
});

story('profile: zones are found by a few letters', {}, async (page) => {
  await page.goto('/me');
  await page.getByLabel('Time zone').fill('reykj');
  await page.locator('datalist option[value="Atlantic/Reykjavik"]').waitFor({ state: 'attached' });
});

story('profile: a draft says when it was saved in one’s own zone, whatever the browser’s', {}, async (page) => {
  const incident = await someOpenIncident(page);
  const choose = async (zone) => {
    await page.goto('/me');
    await page.getByLabel('Time zone').fill(zone);
    await page.getByRole('button', { name: 'Save dates and numbers' }).click();
    await page.getByText('Dates and numbers are written as you chose').waitFor();
  };
  await page.goto('/me');
  const before = await page.getByLabel('Time zone').inputValue();
  // Half an hour beside every zone that the browser may have.
  const zone = 'Asia/Kathmandu';
  await choose(zone);
  try {
    await page.goto(incident);
    const saved = kept(page, 'Looking at it');
    await page.locator('#composer-text').pressSequentially('Looking at it');
    await saved;
    const told = await page.locator('[data-draft-state]').getByText(/Draft saved \d\d:\d\d/).innerText();
    const minutes = (at) => new Date(at).toLocaleTimeString('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
    assert.ok([0, 60_000].map((ago) => minutes(Date.now() - ago)).includes(told.slice(-5)), told);
  } finally {
    await page.locator('#composer-text').fill('');
    await choose(before);
  }
});
