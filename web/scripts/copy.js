// data-copy: a press with the copy key, or on a button, puts the address on the clipboard, or says why it cannot and how to do it by hand.
// With data-plain it is that text as it stands, which the page shows already, so that the toast need not.
import { on, one } from "./dom.js";
import { say } from "./toast.js";

/** Copies a record's link, or a text. */
export async function copy(element) {
  const { copy: address, plain } = element.dataset;
  const text = plain ?? new URL(address, location.href).href;
  const words = one("[data-toasts]")?.dataset ?? {};
  const done = words.copied + (plain ? "" : `: ${text}`);
  if (await taken(text)) return say(done);
  const field = shown(say(words.uncopied, true), text);
  // Pages without encryption have no clipboard, but may still copy what is selected.
  if (!document.execCommand("copy")) return;
  field.closest(".toast").remove();
  element.focus?.();
  say(done);
}

/** Whether the clipboard took it: a browser may have none, and one may refuse. */
async function taken(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** The text in a field of the toast, selected. */
function shown(toast, text) {
  const field = document.createElement("input");
  field.className = "in small mono";
  field.readOnly = true;
  field.value = text;
  field.ariaLabel = toast.firstChild.textContent;
  toast.firstChild.after(field);
  field.focus();
  field.select();
  return field;
}

on("click", (event) => {
  const button = event.target.closest("button[data-copy]");
  if (button) copy(button);
});
