// Putting words into the composer at the caret.
import { one } from "../dom.js";

export const box = () => one("#composer-text");

/** Puts a text in place of what stands from `begin` to the caret, and tells everybody who listens to typing. */
export function insert(text, begin = box().selectionStart) {
  const area = box();
  area.focus();
  area.setRangeText(text, begin, area.selectionEnd, "end");
  area.dispatchEvent(new InputEvent("input", { bubbles: true }));
}
