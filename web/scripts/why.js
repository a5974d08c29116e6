// The reason beside its figure: resting on a figure that can be asked, or stopping there by keyboard, shows what a press opens
// as a page. Without it the link is all there is.
import { on } from "./dom.js";

/** So long one rests before it is shown, and so long it stays once one left: the way from the figure to it. */
const [REST, STAY] = [500, 250];
let link, shown, timer;

const later = (act, wait) => (clearTimeout(timer), (timer = setTimeout(act, wait)));

function close() {
  clearTimeout(timer);
  link?.removeAttribute("aria-describedby");
  shown?.remove();
  link = shown = undefined;
}

async function open() {
  const of = link;
  const answer = await fetch(of.href, { headers: { "HX-Request": "true" } }).catch(() => undefined);
  // Only what is meant for this place: a page would not fit.
  if (!answer?.ok || of !== link || shown) return;
  const text = await answer.text();
  if (of !== link || text.startsWith("<!DOCTYPE")) return;
  shown = document.createElement("div");
  Object.assign(shown, { id: "beside", className: "pop beside", popover: "manual", innerHTML: text });
  document.body.append(shown);
  shown.showPopover();
  const [at, own] = [of.getBoundingClientRect(), shown.getBoundingClientRect()];
  const below = at.bottom + 6 + own.height < innerHeight || at.top < own.height;
  shown.style.top = `${Math.max(8, below ? at.bottom + 6 : at.top - own.height - 6)}px`;
  shown.style.left = `${Math.max(8, Math.min(at.left, innerWidth - own.width - 8))}px`;
  of.setAttribute("aria-describedby", "beside");
}

function meet(target) {
  const to = target.closest?.('a[href*="why="]');
  if (to && to !== link) close(), (link = to), later(open, REST);
  else if (to || shown?.contains(target)) clearTimeout(shown && timer);
  else if (link) later(close, shown ? STAY : 0);
}

on("pointerover", (event) => event.pointerType === "mouse" && meet(event.target));
on("focusin", (event) => event.target.matches(":focus-visible") && meet(event.target));
on("focusout", () => link && later(close, STAY));
for (const event of ["click", "scroll"]) on(event, (it) => shown?.contains(it.target) || close(), window);
on("keydown", (event) => event.key === "Escape" && shown && (event.stopPropagation(), close()));
