// Two people on one ticket: no typed character is lost, the later one sees what changed, and what can be merged is merged by field.

import { strict as assert } from 'node:assert';
import { kept } from '../../desk.mjs';
import { SEND, at, box, fact, meet, press, said, saidOnce, sends, types } from '../../pair.mjs';

const field = (page, name) => page.getByRole('main').getByLabel(name, { exact: false }).first();
const button = (page, name) => page.getByRole('main').getByRole('button', { name, exact: true });

meet('both change the same field: the later one sees both and chooses', async ({ dana, rahul, ticket, api }) => {
  const address = await ticket();
  await Promise.all([dana, rahul].map((page) => page.goto(`${address}/edit`)));
  await field(dana, 'Summary').fill('Scanner in lane 3 beeps four times');
  await field(rahul, 'Summary').fill('Scanner in lane 3 is silent');
  await button(dana, 'Save').click();
  await dana.waitForURL(`**${address}`);
  await button(rahul, 'Save').click();
  const row = rahul.locator('.merge tr').filter({ hasText: 'Summary' });
  await row.getByText('Scanner in lane 3 beeps four times').waitFor();
  await row.getByText('Scanner in lane 3 is silent').waitFor();
  await row.getByLabel('mine').check();
  await button(rahul, 'Save').click();
  await rahul.waitForURL(`**${address}`);
  assert.equal((await api('GET', address)).summary, 'Scanner in lane 3 is silent');
});

meet('both change different fields: both changes stand, and nobody is asked', async ({ dana, rahul, ticket, api }) => {
  const address = await ticket();
  await Promise.all([dana, rahul].map((page) => page.goto(`${address}/edit`)));
  await field(dana, 'Category').fill('Hardware');
  await field(rahul, 'Location').fill('Gate B');
  await button(dana, 'Save').click();
  await dana.waitForURL(`**${address}`);
  await button(rahul, 'Save').click();
  await rahul.waitForURL(`**${address}`);
  const { category, location } = await api('GET', address);
  assert.deepEqual([category, location], ['Hardware', 'Gate B']);
});

meet('a fact changed where it stands was changed by somebody else meanwhile', async ({ dana, rahul, ticket, api }) => {
  const address = await ticket();
  await at(rahul, address);
  await fact(rahul, 'Category').click();
  const mine = rahul.locator('form.in-place input[name=category]');
  await mine.fill('Scanners');
  await api('PATCH', address, { category: 'Hardware' });
  await rahul.locator('[data-toasts]').getByText(/Dana Okafor changed category/).waitFor();
  assert.equal(await mine.inputValue(), 'Scanners', 'what is being typed is left alone');
  await mine.press('Enter');
  await rahul.locator('form.in-place').getByText('Dana Okafor set it to “Hardware” while you typed').waitFor();
  assert.equal(await mine.inputValue(), 'Scanners');
  await mine.press('Enter');
  await rahul.locator('form.in-place').waitFor({ state: 'detached' });
  assert.equal((await api('GET', address)).category, 'Scanners');
});

meet('both reply: each sees the other, and both replies arrive', async ({ dana, rahul, ticket }) => {
  const address = await ticket();
  await Promise.all([at(dana, address), at(rahul, address)]);
  await types(rahul, 'Is the cable in?');
  await dana.locator('.typing').getByText('Rahul Menon is replying').waitFor();
  await box(dana).pressSequentially('We bring a new scanner.');
  await sends(dana);
  await said(rahul, 'We bring a new scanner.').waitFor();
  assert.equal(await box(rahul).inputValue(), 'Is the cable in?');
  await sends(rahul);
  await saidOnce(rahul, 'Is the cable in?');
  await saidOnce(rahul, 'We bring a new scanner.');
});

meet('one resolves while the other replies: the reply arrives, and who replies is told', async ({ dana, rahul, ticket, api }) => {
  const address = await ticket();
  await at(rahul, address);
  await types(rahul, 'Please try lane 4 meanwhile.');
  await dana.goto(`${address}/resolve`);
  await field(dana, 'Resolution').fill('A new scanner stands there.');
  const told = rahul.locator('[data-toasts]').getByText(/Dana Okafor changed .*the status/).waitFor();
  await button(dana, 'Resolve').click();
  await dana.locator('.head .status').getByText('Resolved').waitFor();
  await told;
  await rahul.locator('.head .status').getByText('Resolved').waitFor();
  assert.equal(await box(rahul).inputValue(), 'Please try lane 4 meanwhile.');
  await sends(rahul);
  await saidOnce(rahul, 'Please try lane 4 meanwhile.');
  assert.equal((await api('GET', address)).state, 'resolved');
});

meet('one closes while the other replies: it is refused with the reason, and the text stays', async ({ rahul, ticket, api }) => {
  const address = await ticket();
  await at(rahul, address);
  await types(rahul, 'One more thing.');
  await api('POST', `${address}/resolve`, { resolution: 'Done' });
  await api('POST', `${address}/close`, {});
  await rahul.locator('.head .status').getByText('Closed').waitFor();
  await press(rahul, SEND);
  await rahul.getByText('cannot be answered as it stands').waitFor();
  await rahul.getByText('One more thing.').first().waitFor();
});

meet('both assign: the later one is told whose it is now, and decides', async ({ dana, rahul, ticket, api }) => {
  const address = await ticket();
  await Promise.all([dana, rahul].map((page) => page.goto(`${address}/assign`)));
  await field(dana, 'Assignee').fill('dana@oakhill.example');
  await button(dana, 'Assign').click();
  await dana.locator('.head .status').getByText('Assigned').waitFor();
  await field(rahul, 'Assignee').fill('rahul@oakhill.example');
  await button(rahul, 'Assign').click();
  await rahul.getByText(/Somebody else was faster: assignee is now Dana Okafor/).waitFor();
  assert.equal(await field(rahul, 'Assignee').inputValue(), 'rahul@oakhill.example');
  await button(rahul, 'Assign').click();
  await rahul.waitForURL(`**${address}`);
  assert.match(JSON.stringify((await api('GET', `${address}?expand=assignee`)).assignee), /Rahul Menon/);
});

meet('both resolve: the later one is told, and what they wrote stays', async ({ rahul, ticket, api }) => {
  const address = await ticket();
  await rahul.goto(`${address}/resolve`);
  await field(rahul, 'Resolution').fill('The battery was empty.');
  await api('POST', `${address}/resolve`, { resolution: 'A new scanner stands there.' });
  await button(rahul, 'Resolve').click();
  await rahul.getByText(/Somebody else was faster: .*A new scanner stands there/).waitFor();
  assert.equal(await field(rahul, 'Resolution').inputValue(), 'The battery was empty.');
});

meet('one changes many while the other edits one of them: both changes stand', async ({ dana, rahul, ticket, api }) => {
  const address = await ticket('Bulk and form meet here');
  const reference = address.split('/').pop();
  await rahul.goto(`${address}/edit`);
  await field(rahul, 'Location').fill('Gate C');
  await dana.goto('/incidents?q=Bulk+and+form+meet+here');
  await dana.locator(`#row-${reference} .f-tick .tick`).check();
  await dana.locator('.bulk').getByRole('button', { name: 'Assign' }).click();
  await field(dana, 'Assignee').fill('dana@oakhill.example');
  await button(dana, 'Preview').click();
  await dana.getByRole('main').getByRole('button', { name: /^Assign/ }).click();
  await dana.getByText(/1 .*(done|assigned)/i).first().waitFor();
  await button(rahul, 'Save').click();
  await rahul.waitForURL(`**${address}`);
  const after = await api('GET', `${address}?expand=assignee`);
  assert.equal(after.location, 'Gate C');
  assert.match(JSON.stringify(after.assignee), /Dana Okafor/);
});

meet('the ticket is merged while somebody replies: the reply reaches the one that lives on', async ({ rahul, ticket, api }) => {
  const [address, into] = [await ticket(), await ticket('All scanners beep')];
  await at(rahul, address);
  await types(rahul, 'We are looking at all of them.');
  await api('POST', `${address}/merge`, { into: into.split('/').pop() });
  await sends(rahul);
  await rahul.goto(into);
  await saidOnce(rahul, 'We are looking at all of them.');
});

meet('a template is put in beside what stands there, never over it', async ({ rahul, ticket, api }) => {
  await api('POST', '/templates', { name: 'Ask for a photo', body: 'Could you send us a photo?', audience: 'everyone' });
  const address = await ticket();
  await at(rahul, address);
  await types(rahul, 'Good morning Bao,');
  const whole = kept(rahul, 'Could you send us a photo?');
  await rahul.keyboard.press('Control+/');
  await rahul.locator('[data-macros] [data-template]').filter({ hasText: 'Ask for a photo' }).click();
  assert.equal(await box(rahul).inputValue(), 'Good morning Bao,\n\nCould you send us a photo?');
  await whole;
});

meet('what one reads and types stays where it is while others work', async ({ rahul, ticket, api }) => {
  const address = await ticket();
  for (const number of [1, 2, 3, 4, 5, 6, 7, 8]) await api('POST', `${address}/note`, { text: `Note ${number}.\n\nWith more to read.` });
  await at(rahul, address);
  const third = rahul.locator('.journal .said').filter({ hasText: 'Note 3.' });
  await third.scrollIntoViewIfNeeded();
  await box(rahul).pressSequentially('Half a sen');
  const before = await third.boundingBox();
  const told = rahul.locator('[data-toasts]').getByText(/Dana Okafor changed location/).waitFor();
  await api('PATCH', address, { location: 'Gate D' });
  await api('POST', `${address}/note`, { text: 'Said meanwhile.' });
  await said(rahul, 'Said meanwhile.').waitFor({ state: 'attached' });
  await told;
  assert.deepEqual(await third.boundingBox(), before, 'nothing moved');
  await rahul.keyboard.type('tence');
  assert.equal(await box(rahul).inputValue(), 'Half a sentence');
});
