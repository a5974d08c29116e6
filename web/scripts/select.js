// data-bulk: ticking a row marks it, Shift ticks a range, the head ticks all; the bar counts. The bar shows by style alone.
// "Select all" takes what matches beyond the page, too: data-bulk says how many that are.
import { all, each, on, one } from "./dom.js";

each("[data-bulk]", (form) => {
  const boxes = () => all(".f-tick [name]", form), head = one("[data-tick-all]", form);
  let last, every;

  /** Chooses everything that matches, or only what is ticked. */
  function choose(on) {
    if (on) {
      every ??= form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "all", value: "true" }));
      for (const box of boxes()) box.checked = true;
    } else every = void every?.remove();
  }

  function count() {
    const ticked = boxes().filter((box) => box.checked);
    for (const box of boxes()) box.closest("tr").classList.toggle("picked", box.checked);
    head.checked = ticked.length > 0 && ticked.length === boxes().length;
    head.indeterminate = ticked.length > 0 && !head.checked;
    one("[data-bulk-count]", form).textContent = every ? form.dataset.bulk : ticked.length;
  }

  on("click", (event) => {
    const { target, shiftKey } = event;
    if (target.closest("[name=all][type=submit]")) event.preventDefault(), choose(true), count();
    if (!target.matches(".f-tick .tick")) return;
    choose(false);
    const list = boxes();
    if (target === head) for (const box of list) box.checked = head.checked;
    else if (shiftKey && last) {
      const [from, to] = [list.indexOf(last), list.indexOf(target)].sort((a, b) => a - b);
      for (const box of list.slice(from, to + 1)) box.checked = target.checked;
    }
    last = target;
    count();
  }, form);
  on("reset", (event) => {
    event.preventDefault();
    choose(false);
    for (const box of boxes()) box.checked = false;
    count();
  }, form);
  count();
});
