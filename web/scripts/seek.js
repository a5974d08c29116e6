// data-seek: the search box of the bar opens the palette, whose script comes with its first use. Without it the box searches.
import { on, one } from "./dom.js";

const form = one("[data-seek]");

/** Opens the palette with what stands in the box; without one, goes to the box of the page. */
export async function seek() {
  const input = one("input", form || one(".bigseek") || document.createElement("p"));
  if (!form) return input?.select();
  // What is typed while the script comes is kept; the focus goes back to where it was.
  const back = document.activeElement;
  input.focus();
  const { open } = await import(form.dataset.script);
  open(form, input, back);
}

if (form) {
  on("click", (event) => (event.preventDefault(), seek()), form);
  on("input", seek, form);
  on("keydown", (event) => ["Enter", "ArrowDown"].includes(event.key) && (event.preventDefault(), seek()), form);
}
