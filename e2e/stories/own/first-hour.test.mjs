// From an empty house to a ticket in the queue whose clock runs; with script and without.

import { strict as assert } from 'node:assert';
import { audit } from '../../axe.mjs';
import { open } from '../../browser.mjs';
import { enter, invited, story } from '../../story.mjs';
import { world } from '../../world.mjs';

/** Runs with a house of its own. */
async function within(tell) {
  const house = await world();
  try {
    await tell(house);
  } finally {
    await house.end();
  }
}

const press = (page, name) => page.getByRole('main').getByRole('button', { name }).click();

for (const script of [true, false]) {
  const how = script ? 'with script' : 'without script';

  story(`an hour leads from nothing to a ticket whose clock runs, ${how}`, { stranger: true }, () =>
    within(async (house) => {
      const page = await open({ base: house.url, script });
      const wrong = [];
      const look = async (what) => audit(page).catch((error) => wrong.push(`${what}: ${error.message}`));
      await enter(page, house.admin);
      await page.waitForURL('**/first-hour');
      if (script) await look('the first hour');
      await page.getByRole('link', { name: 'Begin' }).click();

      await page.getByLabel('Organisation').fill('Oakhill Hospital');
      await page.getByLabel('Time zone').fill('Europe/Nowhere');
      await press(page, 'Set working time');
      await page.locator('[aria-invalid="true"]').first().waitFor();
      assert.equal(await page.getByLabel('Organisation').inputValue(), 'Oakhill Hospital', 'what was typed is kept');
      await page.getByLabel('Time zone').fill('Europe/Copenhagen');
      for (const day of ['Saturday', 'Sunday']) await page.getByLabel(day).check();
      await page.getByLabel('From').fill('00:00');
      await page.getByLabel('Until').fill('00:00');
      await page.getByLabel('Holidays').fill('');
      if (script) await look('working time');
      await press(page, 'Set working time');
      await page.waitForURL('**/first-hour/people');

      await page.getByLabel('Who works at the desk?').fill('dana.okafor@oakhill.example, Ravi Rao <ravi@oakhill.example>');
      await page.getByLabel('Who asks for help?').fill('not an address');
      await press(page, 'Take them in');
      await page.getByText('“not an address” is no e-mail address').first().waitFor();
      await page.getByLabel('Who asks for help?').fill('bao@oakhill.example');
      await press(page, 'Take them in');
      await page.getByRole('heading', { name: '3 people are in, and each has a link' }).waitFor();
      if (script) await look('invitations');
      const link = await page.getByRole('listitem').filter({ hasText: 'Dana Okafor' }).getByRole('link').getAttribute('href');
      await page.getByRole('link', { name: 'Go on' }).click();

      await page.waitForURL('**/first-hour/services');
      await page.getByLabel('Services').fill('Ward telephones: calling the nurse\nPatient records');
      await press(page, 'Set up services');
      await page.waitForURL('**/first-hour/promises');
      if (script) await look('promises');
      await page.getByLabel('Somebody answers within').first().fill('soon');
      await press(page, 'Promise this');
      await page.locator('[aria-invalid="true"]').first().waitFor();
      await page.getByLabel('Somebody answers within').first().fill('20m');
      await press(page, 'Promise this');

      await page.waitForURL('**/first-hour/ticket');
      await page.getByLabel('What is wrong?').fill('The nurse call of ward 3 is silent');
      await page.getByLabel('About which service?').selectOption('Ward telephones');
      await page.getByLabel('Much of the house stands still').check();
      if (script) await look('the first ticket');
      await press(page, 'Put it into the queue');
      await page.waitForURL('**/queue*');
      const row = page.getByRole('row').filter({ hasText: 'The nurse call of ward 3 is silent' });
      await row.waitFor();
      assert.match(await row.locator('.clock').innerText(), /\d/, 'its clock runs');
      await page.goto('/first-hour');
      await page.getByRole('heading', { name: 'Your house is furnished' }).waitFor();
      assert.equal(await page.locator('.hour .done').count(), 5);

      const dana = await open({ base: house.url, script });
      await invited(dana, link);
      await dana.goto('/queue');
      await dana.getByRole('row').filter({ hasText: 'The nurse call of ward 3 is silent' }).waitFor();
      await dana.context().close();
      await page.context().close();
      assert.equal(wrong.join('\n'), '');
    }),
  );
}

story('every step may be left out, and the hour goes on where it was left', { stranger: true }, () =>
  within(async (house) => {
    const page = await open({ base: house.url });
    await enter(page, house.admin);
    await page.waitForURL('**/first-hour');
    await page.getByRole('link', { name: 'Begin' }).click();
    for (const next of ['people', 'services', 'promises', 'ticket']) {
      await page.getByRole('link', { name: 'Leave out' }).click();
      await page.waitForURL(`**/first-hour/${next}`);
    }
    await page.goto('/first-hour/services');
    await press(page, 'Set up services');
    await page.waitForURL('**/first-hour/promises');
    await page.getByText('Promises count in working time, which is not set yet').waitFor();
    await page.goto('/');
    await page.getByRole('heading', { name: 'Your first hour goes on' }).waitFor();
    assert.equal(await page.locator('.hour .done').count(), 1);
    await page.goto('/first-hour/ticket');
    await page.getByLabel('What is wrong?').fill('The first of many');
    await press(page, 'Put it into the queue');
    await page.waitForURL('**/queue*');
    await page.getByText('Nothing is promised for it yet').waitFor();
    await page.goto('/');
    assert.ok(!page.url().includes('first-hour'), 'a house with tickets begins at its desk');
    await page.context().close();
  }),
);
