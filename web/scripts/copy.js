// data-copy: a press with the copy key, or on a button, puts the address on the clipboard.
import { on } from "./dom.js";
import { say } from "./toast.js";

/** Copies a record's link. */
export async function copy(element) {
  const address = new URL(element.dataset.copy, location.href).href;
  await navigator.clipboard.writeText(address);
  say(address);
}

on("click", (event) => {
  const button = event.target.closest("button[data-copy]");
  if (button) copy(button);
});
