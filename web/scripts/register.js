// Beside the core on the list of a register. A record opens in the drawer beside the list, and the address says so; Escape or the cross
// closes it and gives the focus back, j and k take it along. Where there is no room for both, the link is followed: the drawer is a page.
import { all, on, one } from "./dom.js";

const place = one("#drawer-place"), app = one(".app"), page = one("[data-live]");
const room = matchMedia("(min-width: 1181px)");
const alwaysFolded = app.classList.contains("folded") && !place.firstElementChild;
const opened = () => one("#drawer")?.dataset.of;
const wanted = (href) => new URL(href, location.href).searchParams.get("open");
const subject = (reference) => one(".subject", document.getElementById(`row-${reference}`) ?? document.createElement("i"));

/** Makes rail, cursor and stream agree with what is open. */
function settle() {
  const of = opened();
  app.classList.toggle("folded", Boolean(of) || alwaysFolded);
  for (const row of of ? all("[data-rows] [data-row]") : []) {
    row.classList.toggle("cursor", row.dataset.row === of);
    row.ariaCurrent = row.dataset.row === of ? "true" : null;
  }
  if (!page) return;
  page.dataset.live = `/live${location.pathname}${location.search}`;
  document.dispatchEvent(new Event("reeve:follow"));
}

/** Shows the record of an address; `step` writes the address ("pushState" or "replaceState"), `focus` goes to its heading. */
async function show(href, step, focus) {
  await window.htmx.ajax("GET", href, { target: place, swap: "innerHTML" });
  if (opened() !== wanted(href)) return;
  if (step) history[step]({}, "", href);
  settle();
  place.scrollTop = 0;
  if (focus) one("h2", place).focus({ preventScroll: true });
}

function shut(href) {
  const of = opened();
  if (!of) return;
  place.replaceChildren();
  if (href) history.pushState({}, "", href);
  settle();
  subject(of)?.focus({ preventScroll: true });
}

on("click", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || !room.matches) return;
  const { target } = event, link = target.closest("a[href]");
  const row = !target.closest("a, button, input, select, label, form") && target.closest("[data-rows] [data-row]");
  const chosen = row ? one("a.subject", row) : link;
  if (!chosen || !wanted(chosen.href) && !chosen.matches("#drawer [data-escape]")) return;
  if (!row) event.preventDefault();
  if (row && getSelection().type === "Range") return;
  if (chosen.matches("#drawer [data-escape]")) shut(chosen.href);
  else if (chosen.matches("#drawer [data-step]")) show(chosen.href, "replaceState");
  else if (chosen.matches("a.subject")) show(chosen.href, wanted(chosen.href) === opened() ? "" : "pushState", true);
});

let rest;
on("focusin", ({ target }) => {
  clearTimeout(rest);
  if (!opened() || !target.matches?.("[data-rows] a.subject:focus-visible")) return;
  rest = setTimeout(() => opened() && opened() !== wanted(target.href) && show(target.href, "replaceState"), 120);
});

on("popstate", () => {
  const next = wanted(location.href);
  if (!next) shut();
  else if (next !== opened()) show(location.href);
}, window);
