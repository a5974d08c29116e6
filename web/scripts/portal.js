// data-waits: a form that does not go away into nothing when the line is down. Before it is sent the server is asked
// for a sign of life; without one the form waits, says so, and is sent when the line is back.
import { all, each, on, one } from "./dom.js";
import "./ticket/files.js";

const PAUSE = 5000;
let sure, waiting, next;
/** Forms that wait for the sign of life. */
const asking = new WeakSet();

async function alive() {
  try {
    return (await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(4000) })).ok;
  } catch {
    return false;
  }
}

async function send(form, button) {
  clearTimeout(waiting);
  if (asking.has(form)) return;
  asking.add(form);
  const there = await alive();
  asking.delete(form);
  if (there) {
    waiting = next = undefined;
    sure = form;
    form.requestSubmit(button);
    sure = undefined;
    return;
  }
  const said = one("[data-waiting]", form);
  if (said) said.hidden = false;
  next = () => send(form, button);
  waiting = setTimeout(next, PAUSE);
}

// On the way down, before the draft is given up for sent.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-waits]");
  if (!form || sure === form) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  send(form, event.submitter);
}, true);

// The page itself says when the line is down.
function line() {
  for (const said of all("[data-offline-line]")) said.hidden = navigator.onLine;
}
on("online", () => (line(), waiting && next()), window);
on("offline", line, window);
each("[data-offline-line]", line);
