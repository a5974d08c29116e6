// Keys: data-key names the key that presses an element, data-go the letter after g. Never inside a field or with a dialog open.
// Off for people who switched them off (data-keys on the document), except Ctrl K and Escape.
import { switchMode } from "./composer.js";
import { copy } from "./copy.js";
import { all, on, one, typing, visible } from "./dom.js";
import { closeTop } from "./overlay.js";
import { move, open, tick } from "./rows.js";

const LONG_AGO = -1e6;
let afterG = LONG_AGO;

function press(element) {
  if (!element) return false;
  if (element.matches("input, textarea")) element.focus(), element.select();
  else element.click();
  if (element.matches("label")) one("[data-composer] .text")?.focus();
  return true;
}

const find = (attribute, key) => all(`[data-${attribute}="${CSS.escape(key)}"]`).find(visible);

const own = {
  j: () => move(1),
  k: () => move(-1),
  o: () => open(),
  x: () => tick(false),
  X: () => tick(true),
  i: switchMode,
  "?": () => one("[data-keys-help]")?.showModal(),
  ".": () => copy(find("key", ".") || { dataset: { copy: location.href } }),
  "/": () => press(find("key", "/") || one(".seek input")),
};

on("keydown", (event) => {
  const { key } = event;
  const meta = event.ctrlKey || event.metaKey;
  if (meta && key.toLowerCase() === "k") return event.preventDefault(), press(one(".seek input, .bigseek input"));
  if (key === "Escape") return closeTop();
  if (document.documentElement.dataset.keys === "off" || event.altKey || event.isComposing) return;
  if (typing(event.target) || one("dialog[open]")) return;
  if (meta) {
    if (key === "z" && press(all("[data-undo] button").pop())) event.preventDefault();
    return;
  }
  const go = afterG > performance.now() - 1500;
  afterG = key === "g" && !go ? performance.now() : LONG_AGO;
  if (key === "g" && !go) return;
  const done = go ? press(one(`[data-go="${CSS.escape(key)}"]`)) : (own[key]?.() ?? false) || (key !== "." && press(find("key", key)));
  if (done !== false || own[key]) event.preventDefault();
});
