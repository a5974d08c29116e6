// Cuts the two typefaces down to the characters and weights that the styles use.
// The ranges are those of the @font-face rules in styles/tokens.css and are read from there.
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import subsetFont from "subset-font";

const require = createRequire(import.meta.url);
const tokens = new URL("styles/tokens.css", import.meta.url);

// The serif is for titles, so it is drawn for their size: as it is drawn for text it is wider by a twentieth.
const SERIF = { wght: 480, opsz: 18 };

// Figures of both are as wide as each other without a feature, so alternates (fractions, raised figures) are left out.
const faces = [
  { file: "reeve-sans-latin.woff2", from: "hanken-grotesk/files/hanken-grotesk-latin-wght-normal.woff2", sans: true },
  { file: "reeve-sans-latin-ext.woff2", from: "hanken-grotesk/files/hanken-grotesk-latin-ext-wght-normal.woff2", sans: true },
  { file: "reeve-serif-latin.woff2", from: "newsreader/files/newsreader-latin-opsz-normal.woff2" },
  { file: "reeve-serif-latin-ext.woff2", from: "newsreader/files/newsreader-latin-ext-opsz-normal.woff2" },
];

/** Writes the faces named in tokens.css into a folder. */
export async function subsetFonts(folder) {
  const css = await readFile(tokens, "utf8");
  await Promise.all(faces.map((face) => subset(face, css, folder)));
}

async function subset({ file, from, sans }, css, folder) {
  const source = await readFile(require.resolve(`@fontsource-variable/${from}`));
  const bytes = await subsetFont(source, characters(css, file), {
    targetFormat: "woff2",
    keepFeatures: ["kern", "liga", "locl", "ccmp"],
    noLayoutClosure: true,
    variationAxes: sans ? { wght: { min: 400, max: 600 } } : SERIF,
  });
  await writeFile(join(folder, file), bytes);
}

/** Every character in the unicode-range of the rule that names the file. */
function characters(css, file) {
  const rule = css.slice(css.indexOf(file));
  const ranges = rule.match(/unicode-range:\s*([^;]+);/)[1].match(/U\+[0-9A-F]+(-[0-9A-F]+)?/g);
  return ranges.map(expand).join("");
}

function expand(range) {
  const [first, last] = range.slice(2).split("-").map((hex) => parseInt(hex, 16));
  return Array.from({ length: (last || first) - first + 1 }, (_, i) => String.fromCodePoint(first + i)).join("");
}
