// Files of the composer: chosen, dropped or pasted, named with their size, taken off again.
import { each, on, one } from "../dom.js";

const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))}\u00a0KB` : `${(bytes / 1e6).toFixed(1)}\u00a0MB`);

each("[data-composer]", (form) => {
  const input = one("[data-file-names]", form), list = one("[data-names]", form);
  if (!input) return;

  function put(files) {
    const all = new DataTransfer();
    for (const file of files) all.items.add(file);
    input.files = all.files;
    draw();
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
  on("change", draw, input);
  on("dragover", (event) => over(event, true), form);
  on("dragleave", (event) => over(event, false), form);
  on("drop", (event) => {
    if (event.dataTransfer.files.length) over(event, false), add(event.dataTransfer.files);
  }, form);
  on("paste", (event) => {
    if (event.clipboardData.files.length) event.preventDefault(), add(event.clipboardData.files);
  }, form);
});
