// A swap that failed says so: what did not happen, from the answer's own heading; nothing on the page is lost.
import { on, one } from "./dom.js";
import { say } from "./toast.js";

const words = one("[data-toasts]")?.dataset || {};

on("htmx:sendError", () => say(words.offline, true));
on("htmx:responseError", ({ detail: { xhr } }) => {
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  say(page.querySelector("h1, b, p")?.textContent || `${words.refused} (${xhr.status})`, true);
});
