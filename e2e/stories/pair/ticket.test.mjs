// Work on one ticket: files by pick, drop and paste, what colleagues see of it meanwhile, and what must not leave the house.

import { strict as assert } from 'node:assert';
import { SEND, at, box, meet, press, said, saidOnce, sends, types } from '../../pair.mjs';

const text = (name, content) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(content) });

/** Gives files to the composer as a drop or a paste does. */
const give = (page, kind, name, size = 5) => page.locator('#composer').evaluate((form, [kind, name, size]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(size).fill(97)], name, { type: 'text/plain' }));
  const event = kind === 'drop' ? new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })
    : new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
  form.querySelector('textarea').dispatchEvent(event);
}, [kind, name, size]);

meet('files come by pick, drop and paste, and what does not fit is named', async ({ rahul, ticket, api }) => {
  const address = await ticket();
  await at(rahul, address);
  await rahul.locator('#composer').getByText('Internal note').click();
  await rahul.locator('#composer input[type=file]').setInputFiles(text('picked.txt', 'one'));
  await give(rahul, 'drop', 'large.bin', 25 * 1024 * 1024 + 1);
  await rahul.locator('[data-toasts]').getByText('large.bin. Left out: At most 10 files, 25 MiB each.').waitFor();
  await give(rahul, 'drop', 'dropped.txt');
  await give(rahul, 'paste', 'pasted.txt');
  await rahul.locator('.going .file').getByText('pasted.txt').waitFor();
  await rahul.getByRole('button', { name: 'Leave out dropped.txt' }).click();
  await types(rahul, 'Two files.');
  await press(rahul, 'Keep note');
  await saidOnce(rahul, 'Two files.');
  const { items } = await api('GET', `${address}/files`);
  assert.deepEqual(items.map(({ name, internal }) => [name, internal]).sort(), [['pasted.txt', true], ['picked.txt', true]]);
});

meet('a colleague sees who writes, and what', async ({ dana, rahul, ticket }) => {
  const address = await ticket();
  await Promise.all([at(dana, address), at(rahul, address)]);
  assert.equal(await dana.getByRole('link', { name: 'See the draft' }).isVisible(), false);
  await types(rahul, 'We are on our way.');
  await dana.getByRole('link', { name: 'See the draft' }).click();
  await dana.locator('#drafts').getByText('We are on our way.').waitFor();
  await dana.locator('#drafts').getByText('a reply, not sent yet').waitFor();
  await sends(rahul);
  await said(dana, 'We are on our way.').waitFor();
  await dana.getByRole('link', { name: 'See the draft' }).waitFor({ state: 'hidden' });
});

meet('what an internal note says does not leave by mistake', async ({ rahul, ticket, api }) => {
  const address = await ticket();
  const secret = 'The scanner was thrown across the yard by the driver';
  await api('POST', `${address}/note`, { text: `${secret}. Keep it to us.` });
  await at(rahul, address);
  await types(rahul, `Bao, ${secret.toLowerCase()}, it seems.`);
  await press(rahul, SEND);
  await rahul.getByText('This repeats an internal note').waitFor();
  assert.equal(await rahul.locator('.held').count(), 0);
  await rahul.getByLabel('Send it all the same').check();
  await press(rahul, SEND);
  await rahul.locator('.held').getByRole('button', { name: /^Undo/ }).click();
  await rahul.getByText('It stands in the composer again').waitFor();
  assert.match(await box(rahul).inputValue(), /thrown across/);
});

meet('a change is on the other screen within a second', async ({ rahul, ticket, api }) => {
  const address = await ticket();
  await at(rahul, address);
  const took = [];
  for (const words of ['First.', 'Second.', 'Third.', 'Fourth.', 'Fifth.']) {
    const begun = Date.now();
    await api('POST', `${address}/note`, { text: words });
    await said(rahul, words).waitFor();
    took.push(Date.now() - begun);
  }
  assert.ok(Math.min(...took) < 1000, `it took ${took.join(', ')} ms`);
});

meet('a report in another language is read in its voice', async ({ rahul, ticket, api }) => {
  const address = await ticket('Der Drucker an Tor B druckt nicht', { description: 'Seit heute früh druckt er nicht mehr, bitte helfen Sie uns.' });
  await api('POST', `${address}/reply`, { text: 'We are looking at the printer and will write to you again.' });
  await rahul.goto(address);
  assert.equal(await rahul.locator('h1').getAttribute('lang'), 'de');
  assert.equal(await rahul.locator('#opened .said').getAttribute('lang'), 'de');
  assert.equal(await said(rahul, 'We are looking at the printer and will write to you again.').locator('xpath=ancestor-or-self::*[contains(@class,"said")]').first().getAttribute('lang'), null);
});

meet('what is reported already is shown while one writes it down: by words, by person', async ({ rahul, ticket }) => {
  await ticket('Weighbridge shows the tare of the truck before');
  await rahul.goto('/incidents/new');
  const main = rahul.getByRole('main');
  await main.getByLabel('Summary').pressSequentially('weighbridge shows wrong tare');
  await rahul.locator('#alike').getByRole('link', { name: 'Weighbridge shows the tare of the truck before' }).waitFor();
  await main.getByLabel('Summary').fill('');
  await main.getByLabel('Requester').pressSequentially('bao@oakhill.example');
  await rahul.locator('#alike').getByText('same requester').first().waitFor();
});

meet('time is noted where it is summed', async ({ rahul, ticket }) => {
  const address = await ticket();
  await rahul.goto(`${address}/time`);
  const main = rahul.getByRole('main');
  for (const time of ['20m', '1h']) {
    await main.getByLabel('Time', { exact: true }).fill(time);
    await main.getByRole('button', { name: 'Add time' }).click();
    await rahul.locator('[data-toasts]').getByText(/you added time/).waitFor();
  }
  await main.locator('tfoot').getByText(/1\sh\s20\smin/).waitFor();
});

meet('another ticket is found by its words and linked', async ({ rahul, ticket }) => {
  const [address, other] = [await ticket(), await ticket('Gate C label printer is jammed')];
  await rahul.goto(`${address}/links`);
  const main = rahul.getByRole('main');
  const field = main.getByLabel('Ticket', { exact: true });
  await field.pressSequentially('label printer jammed');
  const option = main.locator('datalist option[value*="Gate C label printer is jammed"]').first();
  await option.waitFor({ state: 'attached' });
  await field.fill(await option.getAttribute('value'));
  await main.getByRole('button', { name: 'Link', exact: true }).click();
  await main.locator('.links').getByText(other.split('/').pop()).waitFor();
});
