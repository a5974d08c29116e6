// One SVG with a symbol per icon named in the list, taken from lucide.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** The sprite's text; fails when lucide has no icon of a listed name. */
export async function sprite(list) {
  const names = (await readFile(list, "utf8")).trim().split("\n");
  const symbols = await Promise.all(names.map(symbol));
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}

async function symbol(name) {
  const text = await readFile(require.resolve(`lucide-static/icons/${name}.svg`), "utf8");
  const inner = text.replace(/<!--.*?-->/gs, "").replace(/^[^]*?<svg[^>]*>/, "").replace("</svg>", "");
  return `<symbol id="i-${name}" viewBox="0 0 24 24">${inner.replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>")}</symbol>`;
}
