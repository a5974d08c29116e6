// Naming people: an @ and some letters offer people and teams; arrow keys choose, Enter or Tab takes, Escape leaves.
import { all, each, on, one } from "../dom.js";
import { insert } from "./text.js";

/** So many names are offered, and so many of a kind the server tells at most. */
const SHOWN = 8, MOST = 20;

/** Names of a kind that begin with or hold the words, each with its reference, from the server's own lookup. */
async function names(kind, words) {
  const answer = await fetch(`/lookup/${kind}?q=${encodeURIComponent(words)}`, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return [];
  const page = new DOMParser().parseFromString(`<select>${await answer.text()}</select>`, "text/html");
  return all("option", page).map((option) => option.value || option.textContent).filter(Boolean);
}

/** The name without the reference behind it. */
const bare = (name) => name.replace(/ \([A-Z]+-\d+\)$/, "");

each("[data-composer] .text", (area) => {
  const list = document.createElement("ul");
  let asked = 0, timer, at = 0;
  Object.assign(list, { id: "composer-names", className: "menu names", role: "listbox", ariaLabel: "People and teams", hidden: true });
  area.after(list);
  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-controls", list.id);

  /** What is typed behind the last @, and where that stands. */
  function typed() {
    const before = area.value.slice(0, area.selectionStart);
    const found = /(?:^|[\s(])@([\p{L}\p{N}][^\n@,;:!?()]{0,40})?$/u.exec(before);
    return found && { words: found[1] || "", begin: before.lastIndexOf("@") };
  }

  function close() {
    list.hidden = true;
    area.removeAttribute("aria-activedescendant");
  }

  function mark(place) {
    const lines = all("[role=option]", list);
    at = (place + lines.length) % lines.length;
    lines.forEach((line, its) => line.setAttribute("aria-selected", String(its === at)));
    area.setAttribute("aria-activedescendant", lines[at].id);
    lines[at].scrollIntoView({ block: "nearest" });
  }

  function take(name) {
    const word = typed();
    close();
    if (word) insert(`@${name} `, word.begin);
  }

  /** A name that somebody else has too keeps its reference; where more may be found than were told, every name does. */
  const told = (name, lists) => {
    const sure = lists.every((list) => list.length < MOST) && lists.flat().filter((other) => bare(other) === bare(name)).length === 1;
    return sure ? bare(name) : name;
  };

  async function offer() {
    const word = typed(), mine = ++asked;
    if (!word) return close();
    const lists = await Promise.all([names("people", word.words), names("teams", word.words)]);
    const found = lists.flat().slice(0, SHOWN).map((name) => told(name, lists));
    if (mine !== asked || !typed()) return;
    if (!found.length) return close();
    list.replaceChildren(...found.map((name, place) => {
      const line = document.createElement("li");
      Object.assign(line, { id: `composer-name-${place}`, role: "option", textContent: name });
      on("mousedown", (event) => (event.preventDefault(), take(name)), line);
      return line;
    }));
    list.hidden = false;
    list.style.translate = "";
    // Above the text, where the window ends below it.
    if (list.getBoundingClientRect().bottom > innerHeight) list.style.translate = `0 ${-list.offsetHeight - area.offsetHeight}px`;
    mark(0);
  }

  on("input", () => (clearTimeout(timer), typed() ? (timer = setTimeout(offer, 120)) : close()), area);
  on("blur", close, area);
  on("keydown", (event) => {
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const takes = (event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab";
    if (!step && !takes && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (step) mark(at + step);
    else if (takes) take(one("[aria-selected=true]", list).textContent);
    else close();
  }, area);
});

on("click", (event) => {
  if (event.target.closest("[data-mention]")) insert("@");
});
