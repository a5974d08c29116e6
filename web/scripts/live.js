// data-live: beside the core on pages that have a stream. One stream of server-sent events per page. Kinds of event:
//   patch      elements with ids, which replace those with the same ids, but for what somebody is editing
//   append     entries put at the end of the conversation, unless they stand there
//   newer      a count: rows that wait to be let in
//   changed    a sentence: what somebody else changed on the record
//   presence   who else is here: one element for each place (data-presence) that is not empty
//   bell       how many notices wait for whoever looks
//   beat       the server's time
//   stale, gone, ended   the page is too old to follow, may no longer be seen, or its person is signed out
// Each event has the position of the journal that the page then stands at. The stream is closed while nobody sees the page, as
// browsers allow six connections, and goes on from that position. After five seconds without it the bar says since when.
import { Idiomorph } from "idiomorph/dist/idiomorph.esm.js";
import { all, now, on, one, typing } from "./dom.js";

const page = one("[data-live]"), notice = one("[data-live-lost]"), words = notice.dataset;
const since = [...notice.childNodes];
let stream, lost, wait = 1000, over = "", here = [];
let at = new URL(page.dataset.live, location.href).searchParams.get("live_at");

function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return [...template.content.children];
}

/** Announces politely; what must not be missed stays on the screen too. */
const say = (text, stays) => document.dispatchEvent(new CustomEvent("reeve:say", { detail: { text, stays } }));

/** Whether somebody is at work in an element: then it is left as it is. */
const busy = (element) =>
  (element.contains(document.activeElement) && typing(document.activeElement)) || one("form.in-place, details[open], dialog[open]", element);

/** Puts who is here into every place on the page, or into those of an element that came in. */
function fill(root = document) {
  for (const place of all("[data-presence]", root)) {
    const fresh = here.find((it) => it.dataset.presence === place.dataset.presence)?.innerHTML ?? "";
    if (place.innerHTML !== fresh) place.innerHTML = fresh;
  }
}

let skipped = false;

function patch({ data }) {
  skipped = false;
  for (const fresh of parse(data)) {
    const old = fresh.id && document.getElementById(fresh.id);
    if (!old) continue;
    if (busy(old)) {
      skipped = true;
      continue;
    }
    for (const kept of ["cursor", "picked"]) fresh.classList.toggle(kept, old.classList.contains(kept));
    if (old.ariaCurrent) fresh.ariaCurrent = old.ariaCurrent;
    if (one(".f-tick .tick", old)?.checked) one(".f-tick .tick", fresh)?.setAttribute("checked", "");
    // What was asked for later, and who is here, stands already.
    const beforeNodeMorphed = (node) => !(node instanceof Element && node.matches("[data-presence], [hx-trigger=load]"));
    Idiomorph.morph(old, fresh, { ignoreActiveValue: true, restoreFocus: true, callbacks: { beforeNodeMorphed } });
    window.htmx.process(document.getElementById(fresh.id));
    const shown = one("#preview [data-reads]")?.dataset.reads;
    if (shown && fresh.dataset.row === shown) refresh(shown);
  }
}

/** The preview of a row that changed changes in place, too. */
async function refresh(row) {
  const place = one("#preview"), from = one("[data-rows][data-preview]")?.dataset.preview;
  if (!from || busy(place)) return;
  const answer = await fetch(from + encodeURIComponent(row), { headers: { "HX-Request": "true" } });
  if (!answer.ok || one("[data-reads]", place)?.dataset.reads !== row) return;
  Idiomorph.morph(place, await answer.text(), { morphStyle: "innerHTML", ignoreActiveValue: true, restoreFocus: true });
  fill(place);
}

function append({ data }) {
  const journal = one("#journal");
  for (const entry of parse(data)) {
    if (!journal || (entry.id && document.getElementById(entry.id))) continue;
    journal.append(entry);
    window.htmx.process(entry);
    const who = one(".by b", entry)?.textContent;
    if (who) say(`${who}: ${one(".said", entry)?.textContent.trim().slice(0, 120) ?? ""}`);
  }
}

function newer({ data }) {
  for (const line of all("[data-newer]")) {
    one("[data-newer-count]", line).textContent = data;
    line.hidden = data === "0";
    if (!line.hidden) say(line.textContent);
  }
}

/** Shows how many notices wait. */
function ring(count) {
  const bell = one("[data-bell]");
  if (!bell) return;
  const { bell: label, new: fresh } = bell.dataset;
  bell.ariaLabel = count === "0" ? label : `${label}, ${count} ${fresh}`;
  if (Number(count) > Number(bell.dataset.n ?? 0)) say(bell.ariaLabel);
  if (count === "0") delete bell.dataset.n;
  else bell.dataset.n = count;
}

/** Says that the page no longer follows; verbs go on. */
function stop(why) {
  over = why;
  delete document.documentElement.dataset.follows;
  stream.close();
  clearTimeout(lost);
  notice.hidden = false;
  notice.textContent = words[why];
  say(words[why], true);
}

function connect() {
  if (over) return;
  stream?.close();
  const url = new URL(page.dataset.live, location.href);
  const rows = all("[data-rows] [data-row]").map((row) => row.dataset.row);
  if (rows.length) url.searchParams.set("live_rows", rows);
  if (at) url.searchParams.set("live_at", at);
  const mine = (stream = new EventSource(url));
  const hear = (kind, act) => mine.addEventListener(kind, (event) => {
    at = event.lastEventId || at;
    act(event);
  });
  mine.onopen = () => {
    clearTimeout(lost);
    lost = 0;
    wait = 1000;
    notice.hidden = true;
    document.documentElement.dataset.follows = "";
  };
  mine.onerror = () => {
    if (mine !== stream) return;
    const begun = now();
    lost ||= setTimeout(() => {
      delete document.documentElement.dataset.follows;
      notice.replaceChildren(...since);
      one("[data-since]", notice).textContent = begun;
      notice.hidden = false;
    }, 5000);
    if (mine.readyState === EventSource.CLOSED) setTimeout(() => mine === stream && connect(), (wait = Math.min(wait * 2, 30000)));
  };
  hear("patch", patch);
  hear("append", append);
  hear("newer", newer);
  hear("changed", ({ data }) => say(skipped ? `${data}. ${words.kept}` : data, skipped));
  hear("presence", ({ data }) => ((here = parse(data)), fill()));
  hear("bell", ({ data }) => ring(data));
  hear("beat", ({ data }) => document.dispatchEvent(new CustomEvent("reeve:time", { detail: Number(data) })));
  for (const why of ["stale", "gone", "ended"]) hear(why, () => stop(why));
}

let hidden;
const sleep = () => ((hidden = 0), stream.close(), (stream = undefined));
connect();
on("visibilitychange", () => {
  clearTimeout(hidden);
  if (document.hidden) hidden = setTimeout(sleep, 15000);
  else if (!stream || stream.readyState === EventSource.CLOSED) connect();
});
// A list with another record in its drawer follows that one too.
on("reeve:follow", () => connect());
// Signed in again in another window.
on("reeve:signed-in", () => over === "ended" && ((over = ""), connect()));
on("online", () => stream?.readyState !== EventSource.OPEN && connect(), window);
on("pagehide", () => stream?.close(), window);
on("pageshow", (event) => event.persisted && connect(), window);
on("htmx:load", ({ target }) => fill(target));
// A list that was loaded again has other rows.
on("htmx:afterSettle", ({ target }) => one("[data-rows]", target) && connect());
