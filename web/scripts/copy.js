// data-copy: a press with the copy key, or on a button, puts the address on the clipboard, or says why it cannot and how to do it by hand.
import { on, one } from "./dom.js";
import { say } from "./toast.js";

/** Copies a record's link. */
export async function copy(element) {
  const address = new URL(element.dataset.copy, location.href).href;
  const words = one("[data-toasts]")?.dataset ?? {};
  if (await taken(address)) return say(`${words.copied}: ${address}`);
  const field = shown(say(words.uncopied, true), address);
  // Pages without encryption have no clipboard, but may still copy what is selected.
  if (!document.execCommand("copy")) return;
  field.closest(".toast").remove();
  element.focus?.();
  say(`${words.copied}: ${address}`);
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

/** The address in a field of the toast, selected. */
function shown(toast, address) {
  const field = document.createElement("input");
  field.className = "in small mono";
  field.readOnly = true;
  field.value = address;
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
