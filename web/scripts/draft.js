// data-draft: a form's fields are sent to that address 600 ms after the last key and on leaving a field.
// What the server has not acknowledged is kept on this device and put back when the form is opened again.
import { all, csrf, each, now, on, one } from "./dom.js";

each("form[data-draft]", (form) => {
  const url = form.dataset.draft, key = `draft:${url}`, state = one("[data-draft-state]", form);
  let timer, changed = false;

  const fields = () => [...new FormData(form)].filter(([name, value]) => name !== "csrf" && typeof value === "string");
  const tell = (text) => state && (state.textContent = `${text} ${now()}`);

  async function save() {
    clearTimeout(timer);
    if (!changed) return;
    changed = false;
    const body = new URLSearchParams(fields());
    localStorage.setItem(key, body);
    body.set("csrf", csrf());
    try {
      const answer = await fetch(url, { method: "POST", body, headers: { "X-CSRF-Token": csrf() }, keepalive: true });
      if (!answer.ok || answer.redirected) throw answer;
      if (!changed) localStorage.removeItem(key);
      tell(form.dataset.saved);
    } catch {
      changed = true;
      tell(form.dataset.kept);
      timer = setTimeout(save, 8000);
    }
  }

  on("input", () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(save, 600);
  }, form);
  on("focusout", save, form);
  on("online", save, window);
  on("submit", () => (clearTimeout(timer), (changed = false), localStorage.removeItem(key)), form);

  const kept = localStorage.getItem(key);
  if (!kept) return;
  for (const [name, value] of new URLSearchParams(kept)) {
    for (const field of all(`[name="${CSS.escape(name)}"]`, form)) {
      if (field.type === "radio" || field.type === "checkbox") field.checked = field.value === value || field.checked;
      else if (field.type !== "hidden") field.value = value;
    }
  }
  changed = true;
  save();
});
