// Builds the front end into the folder named on the command line:
// styles and scripts bundled and hashed, typefaces subset, icons in one sprite, everything pre-compressed.
// Writes manifest.txt there: one line per file, "name<TAB>file<TAB>content type".
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";
import { subsetFonts } from "./fonts.mjs";
import { sprite } from "./sprite.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
if (!out) throw new Error("Name the folder to build into: node build.mjs FOLDER");

const types = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
  woff2: "font/woff2",
};
const manifest = [];
const hash = (bytes) => createHash("sha256").update(bytes).digest("hex").slice(0, 10);
const extension = (file) => file.slice(file.lastIndexOf(".") + 1);

/** Writes one file under its final name, beside it the brotli form where that helps, and notes it. */
async function put(name, file, bytes) {
  await writeFile(join(out, file), bytes);
  if (extension(file) !== "woff2") {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    await writeFile(join(out, `${file}.br`), brotliCompressSync(bytes, { params }));
  }
  manifest.push(`${name}\t${file}\t${types[extension(file)]}`);
}

/** The name without the hash that the bundler put in: "core-1A2B3C4D.js" is "core.js". */
const plain = (file) => file.replace(/-[A-Z0-9]{8}(\.\w+)$/, "$1");

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
const work = await mkdtemp(join(tmpdir(), "reeve-web-"));
try {
  await subsetFonts(work);
  const result = await build({
    absWorkingDir: here,
    entryPoints: [
      "scripts/core.js",
      "scripts/draft.js",
      "scripts/graph.js",
      "scripts/live.js",
      "scripts/notices.js",
      "scripts/now.js",
      "scripts/palette.js",
      "scripts/portal.js",
      "scripts/register.js",
      "scripts/ticket.js",
      "styles/core.css",
      "styles/figures.css",
      "styles/hour.css",
      "styles/live.css",
      "styles/lone.css",
      "styles/notices.css",
      "styles/queue.css",
      "styles/register.css",
      "styles/ticket.css",
      "styles/wide.css",
    ],
    outdir: out,
    write: false,
    bundle: true,
    minify: true,
    format: "esm",
    target: ["es2022", "chrome123", "firefox121", "safari17.5"],
    alias: { fonts: work },
    loader: { ".woff2": "file" },
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    legalComments: "none",
    logLevel: "warning",
  });
  for (const file of result.outputFiles) {
    const name = basename(file.path);
    await put(plain(name), name, Buffer.from(file.contents));
  }
  const icons = Buffer.from(await sprite(join(here, "icons.txt")));
  const mark = await readFile(join(here, "mark.svg"));
  await put("mark.svg", `mark-${hash(mark)}.svg`, mark);
  await put("sprite.svg", `sprite-${hash(icons)}.svg`, icons);
  await writeFile(join(out, "manifest.txt"), manifest.sort().join("\n") + "\n");
} finally {
  await rm(work, { recursive: true, force: true });
}
