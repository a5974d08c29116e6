// The service graph: arrow keys walk along its edges, the paths between a box and the middle light up, and a word typed into
// the search marks its boxes. Without it every box is a link and the search a form.
import "./why.js";

const middle = (svg) => svg.querySelector(".node.me");

/** Numbers reached from one along edges, in one direction. */
function reached(from, next) {
  const seen = new Set([from]);
  for (const at of seen) for (const to of next.get(at) || []) seen.add(to);
  return seen;
}

function graph(svg) {
  const nodes = [...svg.querySelectorAll("[data-n]")];
  const edges = [...svg.querySelectorAll("[data-e]")].map((path) => ({ path, ends: path.dataset.e.split(" ").map(Number) }));
  const [right, left] = [new Map(), new Map()];
  for (const { ends } of edges) {
    right.set(ends[0], [...(right.get(ends[0]) || []), ends[1]]);
    left.set(ends[1], [...(left.get(ends[1]) || []), ends[0]]);
  }
  const number = (node) => Number(node.dataset.n);
  const me = number(middle(svg) || nodes[0]);
  const box = nodes.map((node) => node.querySelector("rect:last-of-type") && node.querySelector("rect").getBBox());

  function trace(node) {
    const at = number(node);
    const [after, before] = [reached(at, right), reached(at, left)];
    const way = after.has(me) ? [after, reached(me, left)] : before.has(me) ? [before, reached(me, right)] : [new Set([at]), new Set([at])];
    const all = at === me;
    const lit = (it) => all || (way[0].has(it) && way[1].has(it));
    nodes.forEach((it) => it.classList.toggle("lit", !all && lit(number(it))));
    edges.forEach(({ path, ends }) => path.classList.toggle("lit", !all && lit(ends[0]) && lit(ends[1])));
    svg.classList.toggle("tracing", !all);
  }
  function dark() {
    svg.classList.remove("tracing");
    svg.querySelectorAll(".lit").forEach((it) => it.classList.remove("lit"));
  }

  /** The nearest of some boxes by height. */
  const nearest = (at, some) => [...some].sort((a, b) => Math.abs(box[a].y - box[at].y) - Math.abs(box[b].y - box[at].y))[0];
  const column = (at) => nodes.map(number).filter((it) => box[it].x === box[at].x).sort((a, b) => box[a].y - box[b].y);
  const steps = {
    ArrowRight: (at) => nearest(at, (right.get(at) || []).filter((it) => it !== at)),
    ArrowLeft: (at) => nearest(at, (left.get(at) || []).filter((it) => it !== at)),
    ArrowDown: (at) => column(at)[column(at).indexOf(at) + 1],
    ArrowUp: (at) => column(at)[column(at).indexOf(at) - 1],
    Home: () => me,
  };
  svg.addEventListener("keydown", (event) => {
    const node = event.target.closest("[data-n]");
    const step = steps[event.key];
    if (!node || !step || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const to = step(number(node));
    if (to === undefined) return;
    nodes.forEach((it) => it.setAttribute("tabindex", number(it) === to ? 0 : -1));
    nodes[to].focus();
    nodes[to].scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  // One stop for Tab: the middle. From there the arrows lead everywhere.
  nodes.forEach((node) => node.setAttribute("tabindex", number(node) === me ? 0 : -1));
  for (const [on, off] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
    svg.addEventListener(on, (event) => event.target.closest("[data-n]") && trace(event.target.closest("[data-n]")));
    svg.addEventListener(off, dark);
  }
  document.querySelector("[data-graph-find]")?.addEventListener("input", (event) => {
    const word = event.target.value.trim().toLowerCase();
    nodes.forEach((node) => node.classList.toggle("found", word !== "" && node.querySelector("title").textContent.toLowerCase().includes(word)));
  });
  const room = svg.parentElement;
  // A graph that is wider than its room opens at the left as long as the middle is seen there.
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  if ((box[me].x + box[me].width) * scale > room.clientWidth) room.scrollLeft = box[me].x * scale - room.clientWidth / 2;
}

document.querySelectorAll("[data-graph]").forEach(graph);
