// With script a reply waits on the server before it leaves. data-leaving counts its seconds down, and then asks how the conversation
// stands: the page need not stay open for the reply to leave.
import { each, load, on, one } from "../dom.js";

each("[data-composer]", (form) => {
  on("submit", () => {
    if (one("[name=hold]", form)) return;
    const hold = document.createElement("input");
    Object.assign(hold, { type: "hidden", name: "hold", value: "true" });
    form.append(hold);
  }, form);
});

each("[data-leaving]", (line) => {
  const shown = one("[data-left-seconds]", line);
  let left = Number(line.dataset.leaving);
  const timer = setInterval(() => {
    if (!line.isConnected) return clearInterval(timer);
    left -= 1;
    if (left >= 0) shown.textContent = `${left}\u00a0s`;
    if (left > -2) return;
    clearInterval(timer);
    const held = line.closest("li").contains(document.activeElement);
    const page = { target: "#journal", select: "#journal", swap: "outerHTML" };
    load(location.pathname + location.search, page).then((there) => there && held && one("#composer-text")?.focus());
  }, 1000);
});
