// Windows of one person agree: on the screen they chose, on what they have read, and on the session's token when they sign in again.
import { all, csrf, on, one } from "./dom.js";

const root = document.documentElement, me = root.dataset.me;
const channel = me && new BroadcastChannel("reeve");
const KEPT = ["theme", "density", "keys"];

function renew(token) {
  if (!token || token === csrf()) return;
  one("meta[name=csrf]").content = token;
  for (const field of all("input[name=csrf]")) field.value = token;
  document.dispatchEvent(new Event("reeve:signed-in"));
}
on("reeve:csrf", ({ detail }) => renew(detail));

if (channel) {
  const screen = Object.fromEntries(KEPT.map((name) => [name, root.dataset[name] ?? ""]));
  const read = one("[data-reads]")?.dataset.reads;
  const tell = (read) => channel.postMessage({ me, token: csrf(), screen, read });
  tell(read);
  on("reeve:read", ({ detail }) => tell(detail));
  channel.onmessage = ({ data }) => {
    if (data.me !== me) return;
    renew(data.token);
    for (const name of KEPT) data.screen[name] ? (root.dataset[name] = data.screen[name]) : delete root.dataset[name];
    const row = data.read && document.getElementById(`row-${data.read}`);
    if (row) row.classList.remove("unread"), one(".f-dot", row)?.replaceChildren();
  };
}
