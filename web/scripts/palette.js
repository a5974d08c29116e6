// The palette: a dialog over the page whose field is a combobox. What it offers comes from the server once for a page or row
// (`data-seek`), what is found as one types from `data-suggest`; this ranks, marks and presses. Loaded with its first use.
import { all, csrf, on, one } from "./dom.js";
import { rank } from "./rank.js";

/** Lines shown of each group while something is typed, and before. */
const MOST = { on: 8, with: 6, go: 6, found: 8, do: 4 }, FIRST = { on: 9, go: 5, do: 3 };
/** What stands nearer is chosen where two fit alike. */
const NEARER = { on: 3, do: 1, found: -1 };
const ORDER = ["on", "with", "go", "found", "do"];
const WAIT = 90, KEEP = 30_000;
/** What a line is worth whose number alone, or whose every word, is typed: nothing else is meant. */
const NUMBER = 1000, EXACT = 500;

let form, back, dialog, field, list, said, known = new Map(), found = 0, timer, moved;
const element = (html) => Object.assign(document.createElement("template"), { innerHTML: html }).content.firstElementChild;

function build(label) {
  dialog = element(`<dialog class="palette"><div class="ask"><input type="text" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list" autocomplete="off" spellcheck="false" maxlength="200"><kbd>Esc</kbd></div><div id="palette-list" role="listbox"></div><p class="vh" role="status"></p></dialog>`);
  [field, list, said] = ["input", "[role=listbox]", "[role=status]"].map((it) => one(it, dialog));
  dialog.ariaLabel = field.ariaLabel = list.ariaLabel = label;
  one(".ask", dialog).prepend(one("svg", form).cloneNode(true));
  document.body.append(dialog);
  on("input", typed, field);
  on("keydown", key, dialog);
  on("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (event.target === dialog) shut();
    if (option) event.preventDefault(), choose(option, event.ctrlKey || event.metaKey);
  }, dialog);
  on("pointermove", ({ target }) => target.closest("[role=option]") && move(target.closest("[role=option]")), list);
  on("cancel", (event) => (event.preventDefault(), shut()), dialog);
}

/** Goes, and gives the focus back to where it was when it came. */
function shut() {
  clearTimeout(timer);
  dialog.close();
  if (back?.isConnected && back !== document.body) back.focus({ preventScroll: true });
  else document.activeElement?.blur();
}

/** The row under the cursor, else the page. */
function place() {
  const link = one("[data-rows] .cursor a.subject");
  return { on: link ? link.pathname : location.pathname + location.search, under: Boolean(link) };
}

const ask = async (url) => {
  const answer = await fetch(url, { headers: { "HX-Request": "true" } });
  return answer.ok ? answer.text() : "";
};

/** Verbs that stand on the page itself: in its head and, when rows are ticked, in the bar for many. Pressed where they stand. */
function here() {
  const shown = all(".head .verb, .head .menu a, .head .menu button, .bulk .verb").filter((it) => !it.disabled && it.tagName !== "SUMMARY" && (!it.closest(".bulk") || it.checkVisibility()));
  return shown.map((it) => {
    const words = [...it.childNodes].filter((node) => node.nodeName !== "KBD" && node.nodeName !== "svg").map((node) => node.textContent).join("").trim() || it.ariaLabel;
    const option = element('<button class="opt" type="button" role="option" tabindex="-1"><span></span><span class="hint"></span></button>');
    option.prepend(one("svg", it)?.cloneNode(true) ?? element('<svg class="i i-s" aria-hidden="true"></svg>'));
    one("span", option).textContent = words;
    const hint = one("kbd", it);
    if (hint) one(".hint", option).append(hint.cloneNode(true));
    return { option, press: it, words };
  }).filter(({ words }) => words);
}

/** Opens with what stands in the box of the bar. */
export async function open(from, input, focused) {
  form = from;
  if (!dialog) build(input.ariaLabel);
  if (dialog.open) return;
  back = focused;
  field.value = input.value;
  input.value = "";
  const { on: path, under } = place();
  dialog.showModal();
  const kept = known.get(path);
  if (kept?.until > performance.now()) fill(kept.html);
  else {
    list.replaceChildren();
    const html = await ask(`${form.dataset.seek}?on=${encodeURIComponent(path)}${under ? "&under=cursor" : ""}`);
    known.set(path, { html, until: performance.now() + KEEP });
    fill(html);
  }
}

/** Puts the groups in: the page's own verbs before those that the server names besides. */
function fill(html) {
  list.innerHTML = html;
  one(":scope > .foot", dialog)?.remove();
  if (one(".foot", list)) dialog.append(one(".foot", list));
  const own = here();
  const name = (words) => words.replace(/…$/, "").trim();
  if (own.length) {
    let group = one("[data-group=on]", list);
    if (!group) list.prepend((group = element('<div role="group" data-group="on"><div class="cap" aria-hidden="true"></div></div>')));
    if (!group.ariaLabel) group.ariaLabel = one(".cap", group).textContent = document.title.split(" · ")[0];
    const listed = new Map(all("[role=option]", group).map((it) => [name(one("span", it).textContent), it]));
    for (const { option, press, words } of own) {
      const same = listed.get(name(words));
      if (same && !place().under) same.press = press;
      else if (!same) (option.press = press), group.append(option), listed.set(name(words), option);
    }
  }
  all("[role=option]", list).forEach((it, at) => ((it.id = `palette-${at}`), (it.words = one("span", it).textContent), (it.at = at)));
  show();
}

function typed() {
  moved = false;
  show();
  clearTimeout(timer);
  const q = field.value.trim();
  if (q.length < 2 || q.startsWith(">")) return drop();
  timer = setTimeout(() => look(q), WAIT);
}

const drop = () => all("[data-group=found], [data-group=with]", list).forEach((it) => it.remove());

async function look(q) {
  const mine = ++found;
  const html = await ask(`${form.dataset.suggest}?q=${encodeURIComponent(q)}&on=${encodeURIComponent(place().on)}`);
  if (mine !== found || field.value.trim() !== q) return;
  drop();
  const groups = [...Object.assign(document.createElement("template"), { innerHTML: html }).content.children];
  list.append(...groups);
  all("[data-group=found] [role=option], [data-group=with] [role=option]", list).forEach((it, at) => ((it.id = `palette-f${at}`), (it.words = one("span", it).textContent), (it.at = at), (it.found = true)));
  show(true);
}

/** The worth of a line: by its own words, and less by other words for it. */
function worth(option, q) {
  const whole = (words) => words?.toLowerCase() === q.toLowerCase();
  if (option.found && whole(option.dataset.words)) return { worth: NUMBER, places: new Set() };
  const own = rank(q, option.words);
  if (own && whole(option.words)) own.worth += EXACT;
  if (own || option.found) return own ?? { worth: 0, places: new Set() };
  const other = option.dataset.words && rank(q, `${option.words} ${option.dataset.words}`);
  return other && { worth: other.worth / 2 - 20, places: new Set() };
}

/**
 * Shows what fits, best first, with its letters marked. The best of all is chosen; when more was found (`stay`), the choice stands,
 * unless nobody moved it and just what was typed is there now.
 */
function show(stay) {
  const only = /^[>#@]/.exec(field.value)?.[0];
  const q = field.value.slice(only ? 1 : 0).trim();
  const chosen = stay && one("[aria-selected=true]", list);
  let best, count = 0;
  for (const group of all("[data-group]", list).sort((a, b) => ORDER.indexOf(a.dataset.group) - ORDER.indexOf(b.dataset.group))) {
    const kind = group.dataset.group;
    const asked = !only || (only === ">" ? ["on", "do"].includes(kind) : kind === "found");
    const lines = all("[role=option]", group).map((option) => ({ option, fit: asked && (q ? worth(option, q) : { worth: 0, places: new Set() }) }));
    lines.sort((a, b) => (b.fit?.worth ?? -1e9) - (a.fit?.worth ?? -1e9) || a.option.at - b.option.at);
    const fitting = lines.filter(({ fit }) => fit).slice(0, (q || only ? MOST : FIRST)[kind] ?? 8);
    for (const { option } of lines) option.hidden = true;
    for (const { option, fit } of fitting) {
      option.hidden = false;
      mark(option, fit.places);
      count += 1;
      const bonus = NEARER[kind] ?? 0;
      if (!best || fit.worth + bonus > best.worth) best = { worth: fit.worth + bonus, option };
    }
    group.hidden = fitting.length === 0;
    group.append(...lines.map(({ option }) => option));
    list.append(group);
  }
  const stays = chosen && !chosen.hidden && (moved || !(best?.worth >= EXACT));
  select(stays ? chosen : best?.option);
  said.textContent = count ? `${count} ${count === 1 ? form.dataset.result : form.dataset.results}` : form.dataset.none;
  list.dataset.none = count || !q ? "" : form.dataset.none;
}

function mark(option, places) {
  const span = one("span", option);
  span.replaceChildren(...[...option.words].map((letter, at) => {
    if (!places.has(at)) return letter;
    const marked = document.createElement("mark");
    marked.textContent = letter;
    return marked;
  }));
  span.normalize();
}

function select(option) {
  for (const old of all("[aria-selected=true]", list)) if (old !== option) old.ariaSelected = "false";
  if (option) option.ariaSelected = "true", option.scrollIntoView({ block: "nearest" });
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
}

/** The person chooses another line. */
function move(option) {
  moved = true;
  select(option);
}

function key(event) {
  const lines = all("[role=option]", list).filter((it) => it.checkVisibility());
  const at = lines.findIndex((it) => it.ariaSelected === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Tab") event.preventDefault();
  if (step && lines.length) event.preventDefault(), move(lines.at((at + step) % lines.length));
  if (event.key === "Enter" && !event.isComposing) {
    event.preventDefault();
    if (lines[at]) choose(lines[at], event.ctrlKey || event.metaKey);
    else if (field.value.trim()) location.href = `${form.action}?q=${encodeURIComponent(field.value.trim())}`;
  }
}

function choose(option, apart) {
  const { press } = option, { post } = option.dataset;
  if (apart && option.href) return window.open(option.href, "_blank", "noopener");
  shut();
  if (press?.isConnected) return press.click();
  if (!post) return (location.href = option.href);
  const sent = document.createElement("form");
  Object.assign(sent, { method: "post", action: post, hidden: true });
  sent.append(Object.assign(document.createElement("input"), { name: "csrf", value: csrf() }));
  document.body.append(sent);
  sent.requestSubmit();
}

// What was done may have changed what can be done.
on("htmx:afterRequest", () => known.clear());
