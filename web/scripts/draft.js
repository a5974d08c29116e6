// Beside the core on pages with a form that keeps a draft. data-draft: the form's fields are sent to that address 600 ms after the
// last key and on leaving a field. What the server has not acknowledged is kept on this device and put back when the form is opened
// again, by the same person. The form itself is sent from here too: without a connection it waits and says so, and what was
// sent twice by mistake arrives once.
import { all, csrf, each, now, on, one } from "./dom.js";

const me = document.documentElement.dataset.me || "";
const channel = new BroadcastChannel("reeve-drafts");
const say = (text, stays) => document.dispatchEvent(new CustomEvent("reeve:say", { detail: { text, stays } }));
/** A name that nobody else gives. `crypto.randomUUID` is not there over plain HTTP. */
const unheard = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("-");
/** Larger bodies do not outlive the page; browsers refuse them. */
const SMALL = 60000;

function store(key, value) {
  try {
    if (value) localStorage.setItem(key, JSON.stringify(value));
    else localStorage.removeItem(key);
    return true;
  } catch {
    return false;
  }
}

function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

/** Fields by name, without what belongs to the page and not to the person. */
const fields = (form) =>
  [...new FormData(form)].filter(([name, value]) => !["csrf", "once", "draft_at"].includes(name) && typeof value === "string");
const text = (list) => list.filter(([name]) => !["whole", "version", "mode", "hold", "leaks", "template", "next"].includes(name)).map(([, value]) => value).join("\n");

/** Puts values into a form; boxes that are not among them are unticked. */
function put(form, list) {
  const values = new Map();
  for (const [name, value] of list) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of form.elements) {
    const given = values.get(field.name);
    // The version that it was typed over belongs to what was typed.
    if (field.name === "version" && given) field.value = given[0];
    if (!field.name || field.type === "hidden" || field.type === "file" || field.type === "submit") continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = given?.includes(field.value) ?? (values.size ? false : field.checked);
    else if (field.multiple) for (const option of field.options) option.selected = given?.includes(option.value) ?? false;
    else if (given) field.value = given[0];
    const folded = given?.some(Boolean) && field.closest(".form-more");
    if (folded) folded.open = true;
  }
  form.dispatchEvent(new Event("reeve:put", { bubbles: true }));
}

/** Fields as the server tells them, as a list like that of a form. */
const listed = (fields) => Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));

/** Asks the page anew for the session's token: it changes when somebody signs in again. Says how it stands. */
async function renew() {
  const answer = await fetch(location.href, { headers: { "Cache-Control": "no-cache" } });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (fresh.documentElement.dataset.me !== me) return "out";
  const token = one("meta[name=csrf]", fresh)?.content;
  if (!token || token === csrf()) return "same";
  document.dispatchEvent(new CustomEvent("reeve:csrf", { detail: token }));
  return "new";
}

each("form[data-draft]", (form) => {
  const url = form.dataset.draft, key = `draft:${me}:${url}`, state = one("[data-draft-state]", form), words = one("[data-draft-words]", form).dataset;
  const beside = `${key}~`;
  let timer, waiting, waits, held = [], base = Number(form.dataset.draftAt), changed = false, saving = Promise.resolve(), sending = false;
  // Whether another text is on the server, which is not overwritten before the person chose; and what ends a save under way.
  let undecided = false, ends = new AbortController();

  const tell = (sentence, at) => state && (state.textContent = at ? `${sentence} ${at}` : sentence);
  const keep = () => store(key, { fields: fields(form), base }) || say(words.full, true);

  /** The name of this form's sending, which its drafts bear too. */
  const name = () => (form.dataset.once ??= form.elements.once?.value ?? unheard());

  /** Another text is offered, never put over what is typed here, nor the other way round: the person chooses. */
  function offer(list, decided) {
    one("[data-other-draft]", form)?.remove();
    const line = document.createElement("div");
    line.className = "stale";
    line.dataset.otherDraft = "";
    line.setAttribute("role", "status");
    line.textContent = `${words.other} “${text(list).trim().slice(0, 120)}” `;
    const choice = (label, puts) => {
      const button = document.createElement("button");
      Object.assign(button, { className: "verb small", type: "button", textContent: label });
      button.onclick = () => (puts && put(form, list), line.remove(), decided(), touch());
      line.append(button);
    };
    choice(words.putIn, true);
    choice(words.keepMine, false);
    form.prepend(line);
  }

  /** Sends the draft, once more with a new token if the session began anew. */
  async function post(again) {
    const list = fields(form), body = new URLSearchParams(list);
    body.set("draft_at", base);
    body.set("sending", name());
    const keepalive = body.toString().length < SMALL, headers = { "X-CSRF-Token": csrf(), "HX-Request": "true" };
    const answer = await fetch(url, { method: "POST", body, headers, keepalive, signal: ends.signal });
    if (answer.status === 403 && again && (await renew()) === "new") return post(false);
    if (answer.status === 401 || (answer.status === 403 && again)) throw words.out;
    if (answer.status === 413) throw words.large;
    const said = await answer.json();
    if (said.sent) {
      // Sent, and yet typed into again: the browser went back to it.
      if (sending) return;
      form.dataset.once = unheard();
      return post(false);
    }
    if (!said.saved_at) throw answer;
    if (answer.status === 409) {
      undecided = true;
      offer(listed(said.fields), () => ((undecided = false), (base = said.saved_at)));
      throw words.choose;
    }
    base = said.saved_at;
    channel.postMessage({ key, list, base });
  }

  function save() {
    clearTimeout(timer);
    if (changed) {
      keep();
      if (undecided) return saving;
      changed = false;
      saving = saving.then(() => post(true)).then(
        () => {
          if (!changed) store(key);
          tell(words.saved, now());
        },
        (why) => {
          changed = true;
          if (sending) return;
          tell(typeof why === "string" ? why : words.kept, now());
          clearTimeout(timer);
          timer = setTimeout(save, 8000);
        },
      );
    }
    return saving;
  }

  function touch() {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(save, 600);
  }

  // In a text of several lines Enter begins a new one.
  on("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    event.preventDefault();
    form.requestSubmit();
  }, form);
  on("input", () => (waits && unsend(), touch()), form);
  on("focusout", save, form);
  on("online", save, window);
  on("reeve:signed-in", save);
  on("visibilitychange", () => document.hidden && save());

  /** Takes the place of the page's main part with that of an answer; what was typed stands in it. */
  function show(html) {
    const main = one("#main"), fresh = one("#main", new DOMParser().parseFromString(html, "text/html"));
    if (!fresh) return false;
    main.replaceChildren(...fresh.childNodes);
    window.htmx.process(main);
    main.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
    (one("[data-focus], [aria-invalid=true]", main) ?? main).focus();
    scrollTo(0, 0);
    return true;
  }

  /** On its way or not. What would be typed meanwhile would not be sent, and not be kept. */
  const busy = (is) => {
    if (is && !sending) held = all("textarea:not([readonly]), input:not([readonly])", form);
    sending = is;
    for (const field of held) field.readOnly = is;
    for (const button of all("button[type=submit]", form)) button.ariaBusy = is;
  };

  function done(to) {
    store(key);
    store(beside);
    changed = false;
    channel.postMessage({ key, sent: text(fields(form)) });
    const next = new URL(to, location.href), here = location.pathname + location.search;
    location.href = next;
    if (next.pathname + next.search === here) location.reload();
  }

  /** Whoever types on while it waits has not finished: it is theirs again, and they send it when they have. */
  function unsend() {
    clearTimeout(waiting);
    waits = undefined;
    busy(false);
    say(words.typedOn);
  }

  /** Sends the form; without an answer it waits for the connection and tries again under the same name. */
  async function send(data, again = true) {
    const first = !waits;
    busy(true);
    clearTimeout(waiting);
    waits = undefined;
    data.set("csrf", csrf());
    const plain = form.enctype !== "multipart/form-data", body = plain ? new URLSearchParams(data) : data;
    let answer, html;
    try {
      answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { "HX-Request": "true", "X-CSRF-Token": csrf() } });
      html = await answer.text();
    } catch {
      tell(words.waits);
      if (first) say(words.waits, true);
      waits = data;
      for (const field of held) field.readOnly = false;
      waiting = setTimeout(() => waits && send(waits), 4000);
      return;
    }
    const to = answer.headers.get("HX-Redirect");
    if (answer.status < 300 && to) return done(to);
    if (answer.status === 403 && again && (await renew().catch(() => "")) === "new") return send(data, false);
    busy(false);
    if (answer.status === 401) return (changed = true), tell(words.out), say(words.out, true);
    if ([200, 409, 412, 422].includes(answer.status) && show(html)) return;
    const page = new DOMParser().parseFromString(html, "text/html");
    say([one("h1", page), one("main p, p", page)].map((it) => it?.textContent.trim()).filter(Boolean).join(". ") || `${answer.status}`, true);
  }

  on("submit", async (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (sending) return;
    const data = new FormData(form, event.submitter);
    data.set("once", name());
    busy(true);
    await Promise.race([save(), new Promise((late) => setTimeout(late, 1500))]);
    clearTimeout(timer);
    // A save that is still under way would bring back what is sent now.
    ends.abort();
    ends = new AbortController();
    data.set("draft_at", base);
    data.set("sending", name());
    send(data);
  }, form);
  on("online", () => waits && send(waits), window);
  // The browser went back to a page whose form was sent.
  on("pageshow", (event) => event.persisted && busy(false), window);

  /**
   * What stands here was saved in another window: what is changed from now on is changed in the record as it stands now. Where that has
   * other values than stand here, somebody else changed it too, and this form stays what it was made from: then it is merged by field.
   */
  async function follow() {
    const { reason } = form.elements;
    if (reason) reason.value = "";
    const answer = await fetch(location.href).catch(() => undefined);
    const page = new DOMParser().parseFromString((await answer?.text()) ?? "", "text/html");
    const fresh = one(`form[data-draft="${CSS.escape(url)}"]`, page);
    if (fresh && text(fields(fresh)) === text(fields(form))) form.elements.version.value = fresh.elements.version.value;
  }

  // Other windows of the same person with the same form agree; only one of them is being typed in.
  channel.addEventListener("message", ({ data }) => {
    if (data.key !== key || !form.isConnected) return;
    if (data.sent !== undefined) {
      const same = text(fields(form)) === data.sent;
      if (same && "showsRecord" in form.dataset) follow();
      else if (same) for (const box of all("textarea", form)) box.value = "";
      store(key);
    } else if (!document.hasFocus() || !changed) {
      put(form, data.list);
      base = data.base;
      tell(words.saved, now());
    }
  });

  /** A text that was kept here, while another one stands in the form: it is offered until the person chose. */
  function aside() {
    const other = stored(beside);
    if (other?.fields) offer(other.fields, () => store(beside));
  }

  // What was kept here comes back, unless the server has a later draft from elsewhere: then it is offered.
  const kept = stored(key);
  if (!kept?.fields) return aside();
  const back = () => (put(form, kept.fields), (base = kept.base ?? 0), (changed = true), save());
  fetch(url, { headers: { "HX-Request": "true" } })
    .then((answer) => (answer.ok ? answer.json() : {}))
    .then((there) => {
      if (!(there.saved_at > (kept.base ?? 0))) return back();
      base = there.saved_at;
      const mine = text(kept.fields);
      // What was kept here may have arrived there after the page was drawn.
      if (mine === text(listed(there.fields))) put(form, kept.fields);
      else if (mine !== text(fields(form)) && !store(beside, kept)) return;
      store(key);
      aside();
    }, back);
});
