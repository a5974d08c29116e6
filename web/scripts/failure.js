// A swap that failed says so: what did not happen, from the answer's own heading; nothing on the page is lost.
import { on, one } from "./dom.js";
import { say } from "./toast.js";

const words = one("[data-toasts]")?.dataset || {};

// Signed out in the middle of something: the page stays, with what was typed.
on("htmx:beforeOnLoad", (event) => {
  if (event.detail.xhr.status !== 401) return;
  event.preventDefault();
  say(words.out, true);
});
// A form or link that cannot arrive is not sent into nothing: the page would be gone, and what is typed on it. A browser that says
// it is offline may still reach a server on the same machine, so the server is asked.
let sure = false;
const unless = (event, go) => {
  event.preventDefault();
  fetch("/healthz", { method: "HEAD", cache: "no-store" }).then(() => ((sure = true), go(), (sure = false)), () => say(words.offline, true));
};
on("submit", (event) => {
  if (sure || navigator.onLine || event.defaultPrevented) return;
  unless(event, () => event.target.requestSubmit(event.submitter));
});
on("click", (event) => {
  const link = event.target.closest("a[href]");
  if (sure || navigator.onLine || event.defaultPrevented || event.ctrlKey || event.metaKey || !link || link.target || link.origin !== location.origin || link.hash) return;
  unless(event, () => link.click());
});
on("htmx:sendError", () => say(words.offline, true));
on("htmx:responseError", ({ detail: { xhr } }) => {
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  say(page.querySelector("h1, b, p")?.textContent || `${words.refused} (${xhr.status})`, true);
});
