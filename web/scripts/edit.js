// a.edit: a value is changed where it stands. Its link leads to a form of its own; with script the form comes here, Enter saves it and
// Escape leaves it.
import { load, on } from "./dom.js";

on("click", (event) => {
  const link = event.target.closest?.("a.edit");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  // The form lies over its cell, whose column stays as it is.
  const cell = link.closest("td");
  if (cell) cell.style.minWidth = `${cell.offsetWidth}px`;
  load(link.href, { target: link, swap: "outerHTML" });
});

on("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches?.(".in-place select")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});
