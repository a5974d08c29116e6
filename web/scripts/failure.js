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
// A form that cannot arrive is not sent into nothing.
on("submit", (event) => {
  if (navigator.onLine || event.defaultPrevented || event.target.method !== "post") return;
  event.preventDefault();
  say(words.offline, true);
});
on("htmx:sendError", () => say(words.offline, true));
on("htmx:responseError", ({ detail: { xhr } }) => {
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  say(page.querySelector("h1, b, p")?.textContent || `${words.refused} (${xhr.status})`, true);
});
