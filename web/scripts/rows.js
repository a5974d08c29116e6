// data-rows: a cursor walks the rows with j and k; o opens, x ticks. The preview follows after 120 ms of rest, and the address with it.
import { all, on, one, visible } from "./dom.js";

let rest, wanted, here;
const rows = () => all("[data-rows] [data-row]").filter(visible);
const current = (list) => list.findIndex((row) => row.classList.contains("cursor"));
const beside = () => [one("#preview")].find((place) => place && visible(place));

/** The record that the cursor stands on. */
export const cursor = () => here;

/** Marks a row as read, here and in other windows. */
export function read(row) {
  if (!row?.classList.contains("unread")) return;
  row.classList.remove("unread");
  one(".f-dot", row)?.replaceChildren();
  document.dispatchEvent(new CustomEvent("reeve:read", { detail: row.dataset.row }));
}

function mark(row, list) {
  for (const other of list) {
    other.classList.toggle("cursor", other === row);
    if (other === row) other.setAttribute("aria-current", "true");
    else other.removeAttribute("aria-current");
  }
  here = row.dataset.row;
}

/** Shows the row beside the list, and says in the address where one stands. */
function preview(row) {
  const from = row.closest("[data-preview]")?.dataset.preview;
  if (!from) return;
  const url = new URL(location.href);
  url.searchParams.set("at", row.dataset.row);
  url.searchParams.delete("why");
  history.replaceState(history.state, "", url);
  if (!beside()) return;
  wanted = from + encodeURIComponent(row.dataset.row);
  window.htmx.ajax("GET", wanted, { target: "#preview", swap: "innerHTML" });
}

function place(row, list) {
  const shown = one("#preview [data-reads]")?.dataset.reads;
  if (shown && shown !== row.dataset.row) read(list.find((other) => other.dataset.row === shown));
  mark(row, list);
  one(".subject", row)?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  clearTimeout(rest);
  rest = setTimeout(() => preview(row), 120);
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

// A press on a row, or on its number, puts the cursor there; where nothing stands beside the list it opens the record.
on("click", (event) => {
  const row = event.target.closest?.("[data-preview] [data-row]");
  if (!row || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const number = event.target.closest("a.ref");
  if (!number && event.target.closest("a, button, input, label")) return;
  event.preventDefault();
  if (beside()) place(row, rows());
  else one(".subject", row).click();
});

// An answer that came late is not shown over a later one.
on("htmx:beforeSwap", ({ detail }) => {
  if (detail.target.id === "preview" && detail.pathInfo.requestPath !== wanted) detail.shouldSwap = false;
});

// A list that came in anew has the cursor where it was.
on("htmx:afterSettle", ({ target }) => {
  const row = here && one("[data-rows]", target) && document.getElementById(`row-${here}`);
  if (row) mark(row, rows());
});
here = one("[data-rows] .cursor")?.dataset.row;
