// Templates: Ctrl / opens the menu, a press puts the filled text in at the caret and notes what is done along with it.
import { on, one } from "../dom.js";
import { box, insert } from "./text.js";

on("keydown", (event) => {
  if (event.key !== "/" || !(event.ctrlKey || event.metaKey)) return;
  const menu = one("[data-macros]");
  if (!menu) return;
  event.preventDefault();
  menu.open = true;
  one("a", one(".menu", menu))?.focus();
});

on("click", (event) => {
  const line = event.target.closest("[data-template]");
  const form = line && one("[data-composer]");
  if (!form) return;
  event.preventDefault();
  line.closest("details").open = false;
  const mode = one(`[name=mode][value=${line.dataset.mode}][type=radio]`, form);
  if (mode && !mode.checked) mode.click();
  let kept = one("[name=template]", form);
  if (!kept) {
    kept = document.createElement("input");
    Object.assign(kept, { type: "hidden", name: "template" });
    form.append(kept);
  }
  kept.value = line.dataset.template;
  const before = box().value.slice(0, box().selectionStart);
  insert((before && !before.endsWith("\n") ? "\n\n" : "") + line.dataset.text);
});
