// data-seek: arrow keys walk the results, Escape puts them away.
import { all, each, on, one } from "./dom.js";

each("[data-seek]", (form) => {
  const input = one("input", form), list = one(".seek-list", form);
  if (!list) return;
  const hits = () => all("[data-hit]", list);
  on("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") (list.innerHTML = ""), input.focus();
    if (!step || !hits().length) return;
    event.preventDefault();
    const at = hits().indexOf(document.activeElement) + step;
    (at < 0 ? input : hits()[Math.min(at, hits().length - 1)]).focus();
  }, form);
  on("input", () => input.value.trim() || (list.innerHTML = ""), form);
});
