// A picture of a page as WebP, a third of the size of PNG: Chromium encodes it, so no other program is needed.

import { writeFile } from 'node:fs/promises';

/** Writes what the page shows to `file`; `options` are those of a screenshot. 0.82 keeps small text clean. */
export async function picture(page, file, { quality = 0.82, ...options } = {}) {
  const shot = await page.screenshot({ ...options, type: 'png', caret: 'hide' });
  const blank = await page.context().newPage();
  try {
    const encoded = await blank.evaluate(encode, [shot.toString('base64'), quality]);
    await writeFile(file, Buffer.from(encoded, 'base64'));
  } finally {
    await blank.close();
  }
}

async function encode([png, quality]) {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.toDataURL('image/webp', quality).split(',')[1];
}
