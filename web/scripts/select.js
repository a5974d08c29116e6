// data-bulk: ticking a row marks it, Shift ticks a range, the head ticks all; the bar counts. The bar shows by style alone.
import { all, each, on, one } from "./dom.js";

each("[data-bulk]", (form) => {
  const boxes = () => all(".f-tick [name]", form), head = one("[data-tick-all]", form);
  let last;

  function count() {
    const ticked = boxes().filter((box) => box.checked);
    for (const box of boxes()) box.closest("tr").classList.toggle("picked", box.checked);
    head.checked = ticked.length > 0 && ticked.length === boxes().length;
    head.indeterminate = ticked.length > 0 && !head.checked;
    one("[data-bulk-count]", form).textContent = ticked.length;
  }

  on("click", ({ target, shiftKey }) => {
    if (!target.matches(".f-tick .tick")) return;
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
    for (const box of boxes()) box.checked = false;
    count();
  }, form);
  count();
});
