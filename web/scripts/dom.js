// Small words for the document.
export const one = (selector, within = document) => within.querySelector(selector);
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];
export const on = (event, act, target = document) => target.addEventListener(event, act);

/** Whether an element can be seen and pressed. */
export const visible = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;

/** Whether keys typed now belong to a field. */
export const typing = (element) =>
  element?.matches?.("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=reset])");

/** Runs for every element that is or comes into the page. */
export function each(selector, act) {
  const seen = new WeakSet();
  const look = (root) => all(selector, root).forEach((element) => seen.has(element) || (seen.add(element), act(element)));
  look(document);
  on("htmx:load", (event) => look(event.target.parentNode || document));
}

/** Puts what an address gives into the page. That it did not come is told where all failures are; here nothing follows from it. */
export const load = (href, how) => window.htmx.ajax("GET", href, how).then(() => true, () => false);

/** The session's anti-forgery token. */
export const csrf = () => one("meta[name=csrf]")?.content || "";

/** The time of day in the person's zone, hours and minutes; in the machine's where the page or the browser knows no other. */
export function now() {
  const told = (timeZone) => new Date().toLocaleTimeString("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
  try {
    return told(document.documentElement.dataset.zone);
  } catch {
    return told();
  }
}
