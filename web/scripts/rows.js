// data-rows: a cursor walks the rows with j and k; o opens, x ticks. The preview follows after 120 ms of rest.
import { all, on, one, visible } from "./dom.js";

let rest;
const rows = () => all("[data-rows] [data-row]").filter(visible);
const current = (list) => list.findIndex((row) => row.classList.contains("cursor"));

function place(row, list) {
  for (const other of list) {
    other.classList.toggle("cursor", other === row);
    if (other === row) other.setAttribute("aria-current", "true");
    else other.removeAttribute("aria-current");
  }
  one(".subject", row)?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  clearTimeout(rest);
  if (row.dataset.preview && one("#preview")) rest = setTimeout(() => window.htmx.ajax("GET", row.dataset.preview, "#preview"), 120);
}

/** Moves the cursor; false when the page has no rows, so that a record's own j and k act. */
export function move(step) {
  const list = rows();
  if (!list.length) return false;
  const at = current(list);
  place(list[at < 0 ? 0 : Math.max(0, Math.min(list.length - 1, at + step))], list);
}

/** Opens the record under the cursor. */
export function open() {
  const row = rows().find((one) => one.classList.contains("cursor"));
  const link = row && one(".subject", row);
  // What is open in the drawer already is opened as its page.
  if (!link || one("#drawer")?.dataset.of === row.dataset.row) return false;
  link.click();
}

/** Ticks the row under the cursor, with `range` everything from the last ticked one to here. */
export function tick(range) {
  const list = rows(), at = current(list);
  const box = at >= 0 && one(".f-tick .tick", list[at]);
  if (!box) return false;
  box.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, shiftKey: range }));
}

// A ticket opened from a list keeps the list in its address: it knows its neighbours, and the way back.
on("click", ({ target }) => {
  const link = target.closest?.("[data-rows] a.subject");
  if (link && !link.search && /^\/(incidents|requests)\/[A-Z]/.test(link.pathname)) link.search = `in=${encodeURIComponent(location.pathname + location.search)}`;
});

on("click", (event) => {
  const row = event.target.closest?.("[data-rows] [data-row][data-preview]");
  if (row && !event.target.closest("a, button, input, label")) place(row, rows());
});
