// Keys: data-key names the key of the scheme that presses an element, data-go the letter after g. Never inside a field or with a dialog
// open. Off for people who switched them off (data-keys on the document), except Ctrl K and Escape. A person's own keys stand in
// data-key-map on the document: `e=d` says that d does what e does as it comes.
import { switchMode } from "./composer.js";
import { copy } from "./copy.js";
import { all, on, one, typing, visible } from "./dom.js";
import { closeTop } from "./overlay.js";
import { cursor, move, open, tick } from "./rows.js";
import { seek } from "./seek.js";

/** Until when a key goes somewhere, as g was pressed before it. */
let goes = 0;

const pairs = (document.documentElement.dataset.keyMap ?? "").split(" ").filter(Boolean).map((pair) => [pair[0], pair.slice(2)]);
const names = new Map(pairs.map(([name, own]) => [own, name])), moved = new Map(pairs);

/** The key of the scheme that a pressed key stands for; nothing if that key was moved elsewhere. */
const named = (key) => names.get(key) ?? (moved.has(key) ? undefined : key);

function press(element) {
  if (!element) return false;
  if (element.matches("input, textarea")) element.focus(), element.select();
  else {
    if (element.matches("summary")) element.focus();
    element.click();
  }
  if (element.matches("label")) one("[data-composer] .text")?.focus();
  return true;
}

/** What a key presses: what can be seen, else what a menu that can be seen holds. */
const find = (attribute, key) => {
  const named = all(`[data-${attribute}="${CSS.escape(key)}"]`);
  return named.find(visible) ?? named.find((it) => it.closest("[data-menu]") && visible(it.closest("[data-menu]")));
};

/** A key that was pressed before the preview showed what the cursor stands on, and that row: it acts as soon as it does. */
let early;
const shown = () => one("#preview [data-reads]")?.dataset.reads;

function act(key) {
  const it = find("key", key), place = one("#preview"), row = cursor();
  if (!place || !row || key.length > 1 || key === " " || !visible(place) || shown() === row || (it && !place.contains(it))) return press(it);
  early = { key, row };
}
on("htmx:afterSettle", ({ target }) => {
  if (target.id !== "preview" || !early) return;
  const { key, row } = early;
  early = undefined;
  if (row === shown()) press(all(`[data-key="${CSS.escape(key)}"]`, target).find(visible));
});
on("pointerdown", () => (early = undefined));

/** The list of keys, asked for when it is wanted. */
async function help() {
  const answer = await fetch("/keys", { headers: { "HX-Request": "true" } });
  if (!answer.ok || one("#keys-help")) return;
  document.body.insertAdjacentHTML("beforeend", await answer.text());
  const dialog = one("#keys-help");
  on("close", () => dialog.remove(), dialog);
  dialog.showModal();
}

const own = {
  j: () => move(1),
  k: () => move(-1),
  o: () => open(),
  x: () => tick(false),
  X: () => tick(true),
  i: switchMode,
  "?": () => (help(), true),
  ".": () => copy(find("key", ".") || { dataset: { copy: location.href } }),
  "/": () => press(find("key", "/")) || (seek(), true),
};

on("keydown", (event) => {
  early = undefined;
  const meta = event.ctrlKey || event.metaKey;
  if (meta && event.key.toLowerCase() === "k") return event.preventDefault(), seek();
  if (event.key === "Escape") return closeTop();
  if (document.documentElement.dataset.keys === "off" || event.altKey || event.isComposing) return;
  if (typing(event.target) || one("dialog[open]")) return;
  if (meta) {
    if (event.key === "z" && press(all("[data-undo] button").pop())) event.preventDefault();
    return;
  }
  const range = event.shiftKey && named(event.key.toLowerCase()) === "x";
  const key = range ? "X" : named(event.key);
  // When they were pressed, however late a busy page comes to them.
  const go = event.timeStamp < goes;
  goes = key === "g" && !go ? event.timeStamp + 1500 : 0;
  if (!go && (!key || key === "g")) return;
  const done = go ? press(one(`[data-go="${CSS.escape(event.key)}"]`)) : (own[key] && own[key]() !== false) || act(key);
  if (done !== false || own[key]) event.preventDefault();
});
