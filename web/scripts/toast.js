// Toasts count their seconds down and go; hovered or focused ones stay.
import { all, on, one } from "./dom.js";

const home = one("[data-toasts]");

function start(toast) {
  let left = Number(toast.dataset.toast);
  const shown = one("[data-left-seconds]", toast);
  const timer = left > 0 && setInterval(() => {
    if (toast.matches(":hover, :focus-within")) return;
    if (--left <= 0) clearInterval(timer), toast.remove();
    else if (shown) shown.textContent = `${left} s`;
  }, 1000);
}

/** Shows a sentence and gives the toast; a failure stays until dismissed. */
export function say(text, bad) {
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.dataset.toast = bad ? 0 : 4;
  toast.innerHTML = '<span></span><button type="button" data-dismiss >×</button>';
  toast.firstChild.textContent = text;
  toast.lastChild.ariaLabel = home?.dataset.close;
  home?.append(toast);
  return toast;
}

on("reeve:say", ({ detail: { text, stays } }) => say(text, stays));
on("click", (event) => event.target.closest("[data-dismiss]")?.closest(".toast").remove());
if (home) {
  all(".toast", home).forEach(start);
  new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach((node) => node.dataset?.toast && start(node)))).observe(home, { childList: true });
}
