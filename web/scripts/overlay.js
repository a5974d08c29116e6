// Dialogs open by data-open, menus close by Escape or a press elsewhere, and both give the focus back.
import { all, each, on, one } from "./dom.js";

on("click", (event) => {
  const opener = event.target.closest("[data-open]");
  const dialog = opener && document.getElementById(opener.dataset.open);
  if (dialog?.showModal) event.preventDefault(), dialog.showModal();
  if (event.target.matches("dialog")) event.target.close();
  for (const menu of all("details[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
});

// Lines of a menu that come when it opens take the focus, unless one has gone elsewhere meanwhile.
on("htmx:afterSettle", (event) => {
  const menu = event.target.closest?.("details[data-menu][open]");
  if (menu && (document.activeElement === document.body || menu.contains(document.activeElement))) {
    one(".menu :is(a, button, select, input:not([type=hidden]))", menu)?.focus();
  }
});

// Arrow keys walk a menu, and the results of a search.
on("keydown", (event) => {
  const menu = event.target.closest?.("details[data-menu][open]");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!menu || !step || event.target.matches("select, input")) return;
  const lines = all(".menu a, .menu button:not([disabled])", menu);
  lines.at((lines.indexOf(event.target) + step) % lines.length)?.focus();
  event.preventDefault();
});

/** Closes the topmost thing: menu, typing, drawer or rail. A dialog closes itself. */
export function closeTop() {
  const menu = one("details[data-menu][open]");
  if (one("dialog[open]")) return;
  if (menu) return (menu.open = false), one("summary", menu).focus();
  const field = document.activeElement;
  const form = field?.closest("form"), leave = form && one("[data-escape]", form);
  if (leave) return leave.click();
  if (field?.matches("input, textarea, select")) return field.blur();
  const drawer = one(".drawer [data-escape]");
  if (drawer) return drawer.click();
  if (location.hash === "#rail") location.hash = "main";
}

// A form's summary of errors takes the focus; folds of wide screens begin closed on narrow ones.
each("[data-focus]", (element) => element.focus());
each("[data-wide-open]", (fold) => innerWidth <= 860 && (fold.open = false));
