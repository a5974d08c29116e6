// Clock chips count on by themselves: data-left are the seconds left when the server said so, data-stops those until the clock stands
// still, and data-rests why and until when it does so from then on. data-word is how it stands besides running, data-broken the word for
// a promise that is broken.
// Each minute; each second in the last five.
import { all, on, one } from "./dom.js";

const began = new WeakMap();
const pad = (n) => String(n).padStart(2, "0");

/** As format::chip writes it, with seconds in the last five minutes; days only of a clock that counts around the clock. */
function text(seconds, days) {
  const s = Math.abs(seconds), h = Math.floor(s / 3600), m = Math.floor(s / 60);
  if (s < 300) return `${m}:${pad(s % 60)}\u00a0min`;
  if (s < 900) return `${m}\u00a0min`;
  if (s < 86400) return `${h}:${pad(m % 60)}`;
  const d = Math.floor(h / 24);
  if (!days) return `${h}\u00a0h`;
  return h % 24 ? `${d}\u00a0d ${h % 24}\u00a0h` : `${d}\u00a0d`;
}

// The machine's own clock may stand still while it sleeps; the server's does not.
let first, drift = 0;
on("reeve:time", ({ detail }) => {
  first ??= detail - performance.now();
  drift = detail - performance.now() - first;
  draw();
});

function draw() {
  let soon = false;
  for (const chip of all("[data-left]")) {
    const { left: told, stops = Infinity, rests, word, broken } = chip.dataset, now = performance.now() + drift;
    // What the server says anew counts from now.
    if (began.get(chip)?.told !== told) began.set(chip, { told, at: now });
    const gone = Math.round((now - began.get(chip).at) / 1000);
    const left = told - Math.min(gone, stops), stands = rests && gone >= stops ? rests : "";
    soon ||= Math.abs(left) < 300;
    const shown = text(left, "days" in chip.dataset), time = one("[data-time]", chip);
    if (gone && time && time.textContent !== shown) time.textContent = shown;
    if (left < 0 && chip.dataset.state !== "breached") {
      chip.dataset.state = "breached";
      one("[data-over]", chip).hidden = false;
    }
    const how = [left < 0 ? broken : word, stands].filter(Boolean).join(", ");
    if (how && (left < 0 || stands)) one(".vh", chip).textContent = `${how}: `;
    if (stands) chip.title = stands;
  }
  return soon;
}

const tick = () => setTimeout(tick, draw() ? 1000 : 60000);
tick();
