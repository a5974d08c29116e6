// Files of the composer: chosen, dropped or pasted, named with their size, taken off again.
import { each, on, one } from "../dom.js";

const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))}\u00a0KB` : `${(bytes / 1e6).toFixed(1)}\u00a0MB`);

each("[data-composer]", (form) => {
  const input = one("[data-file-names]", form), list = one("[data-names]", form);
  if (!input) return;

  /** Takes what fits; what does not is named, with the limits. */
  function put(files) {
    const all = new DataTransfer(), { most, largest, leftOut } = input.dataset;
    const fits = files.filter((file) => file.size <= largest).slice(0, most);
    for (const file of fits) all.items.add(file);
    input.files = all.files;
    draw();
    const names = files.filter((file) => !fits.includes(file)).map((file) => file.name);
    if (names.length) document.dispatchEvent(new CustomEvent("reeve:say", { detail: { text: `${names.join(", ")}. ${leftOut}`, stays: true } }));
  }

  function draw() {
    for (const old of list.querySelectorAll("span.file")) old.remove();
    for (const file of input.files) {
      const chip = document.createElement("span"), off = document.createElement("button"), note = document.createElement("span");
      chip.className = "file";
      note.className = "ink3";
      note.textContent = size(file.size);
      off.type = "button";
      off.textContent = "×";
      off.ariaLabel = `Leave out ${file.name}`;
      on("click", () => (put([...input.files].filter((other) => other !== file)), one("#composer-text").focus()), off);
      chip.append(file.name, note, off);
      list.append(chip);
    }
  }

  const add = (files) => put([...input.files, ...files]);
  const over = (event, yes) => event.dataTransfer?.types.includes("Files") && (event.preventDefault(), form.classList.toggle("over", yes));
  on("change", () => put([...input.files]), input);
  on("dragover", (event) => over(event, true), form);
  on("dragleave", (event) => over(event, false), form);
  on("drop", (event) => {
    if (event.dataTransfer.files.length) over(event, false), add(event.dataTransfer.files);
  }, form);
  on("paste", (event) => {
    if (event.clipboardData.files.length) event.preventDefault(), add(event.clipboardData.files);
  }, form);
});
