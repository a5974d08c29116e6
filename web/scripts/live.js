// data-live: beside the core on pages that have a stream. One stream of server-sent events per page. Kinds of event:
//   patch   elements with ids, which replace those with the same ids (never one that holds the focus)
//   append  entries put at the end of the conversation
//   newer   a count: rows that wait to be let in
// The stream reconnects by itself; after five seconds without it the bar says since when.
import { Idiomorph } from "idiomorph/dist/idiomorph.esm.js";
import { all, now, one } from "./dom.js";

const page = one("[data-live]"), notice = one("[data-live-lost]");
let stream, lost, wait = 1000;

function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return [...template.content.children];
}

function patch({ data }) {
  for (const fresh of parse(data)) {
    const old = fresh.id && document.getElementById(fresh.id);
    if (!old || old.contains(document.activeElement)) continue;
    for (const kept of ["cursor", "picked"]) fresh.classList.toggle(kept, old.classList.contains(kept));
    const box = one(".f-tick .tick", old);
    if (box?.checked) one(".f-tick .tick", fresh)?.setAttribute("checked", "");
    Idiomorph.morph(old, fresh, { ignoreActiveValue: true });
    window.htmx.process(document.getElementById(fresh.id));
    window.htmx.process(document.getElementById(fresh.id));
  }
}

function connect() {
  stream = new EventSource(page.dataset.live);
  stream.onopen = () => {
    clearTimeout(lost);
    lost = 0;
    wait = 1000;
    notice.hidden = true;
  };
  stream.onerror = () => {
    const since = now();
    lost ||= setTimeout(() => {
      one("[data-since]", notice).textContent = since;
      notice.hidden = false;
    }, 5000);
    if (stream.readyState === EventSource.CLOSED) setTimeout(connect, (wait = Math.min(wait * 2, 30000)));
  };
  stream.addEventListener("patch", patch);
  stream.addEventListener("append", ({ data }) => {
    for (const entry of parse(data)) one("#journal")?.append(entry), window.htmx.process(entry);
  });
  stream.addEventListener("newer", ({ data }) => {
    for (const line of all("[data-newer]")) (one("[data-newer-count]", line).textContent = data), (line.hidden = false);
  });
}

connect();
addEventListener("pagehide", () => stream.close());
addEventListener("pageshow", (event) => event.persisted && connect());
