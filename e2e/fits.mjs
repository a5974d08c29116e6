// Whether a page holds what it shows: nothing wider than the window, no text cut off or covered, focus always to be seen.

/** Fails with what is wrong, a line each. */
export function hold(wrong) {
  if (wrong.length > 0) throw new Error([...new Set(wrong)].join('\n'));
}

/** What is wider than the page scrolls in a region of its own. */
export async function fits(page) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  hold(over > 0 ? [`the page is ${over} px wider than the window`] : []);
}

/** No text is cut off without an ellipsis, and none lies under something else. */
export async function readable(page) {
  const wrong = await page.evaluate(() => {
    const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !element.closest('.vh, [aria-hidden=true], .skip, .chart, .graph');
    const hidden = (element) => getComputedStyle(element).clipPath !== 'none';
    const own = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const name = (element) => `${element.tagName.toLowerCase()}.${[...element.classList].join('.')} “${element.textContent.trim().slice(0, 40)}”`;
    const wrong = [];
    for (const element of document.body.querySelectorAll('*')) {
      // A folded heading is a line a pixel high.
      if (!own(element) || !seen(element) || hidden(element) || element.clientHeight < 4) continue;
      const style = getComputedStyle(element);
      if (style.overflowX === 'hidden' && style.textOverflow !== 'ellipsis' && element.scrollWidth > element.clientWidth + 1) wrong.push(`cut off: ${name(element)}`);
      if (style.overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 4 && style.webkitLineClamp === 'none' && style.textOverflow !== 'ellipsis') wrong.push(`cut off below: ${name(element)}`);
      const range = document.createRange();
      range.selectNodeContents(element);
      const box = [...range.getClientRects()].find((it) => it.width > 2 && it.height > 2);
      if (!box) continue;
      const x = box.left + Math.min(box.width / 2, 8), y = box.top + box.height / 2;
      if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue;
      const top = document.elementFromPoint(x, y);
      if (!top || element.contains(top) || top.contains(element) || top.closest('label') === element.closest('label')?.valueOf()) continue;
      // What a scrolling region or a bar that stays hides is reached by scrolling.
      const hides = (it) => it && ['auto', 'scroll', 'hidden'].some((way) => getComputedStyle(it).overflowY === way || getComputedStyle(it).overflowX === way);
      let region = element.parentElement;
      while (region && !hides(region)) region = region.parentElement;
      if (region && !region.contains(top)) continue;
      let bar = top;
      while (bar && !['sticky', 'fixed'].includes(getComputedStyle(bar).position)) bar = bar.parentElement;
      if (bar || top.closest('.composer, .typing')) continue;
      wrong.push(`under ${name(top)}: ${name(element)}`);
    }
    return [...new Set(wrong)].slice(0, 6);
  });
  hold(wrong);
}

/** Walks `steps` stops with Tab: each can be seen, has a ring, and no bar lies over it. */
export async function walk(page, steps) {
  const wrong = [];
  let before;
  for (let step = 0; step < steps; step += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return { end: true };
      const box = element.getBoundingClientRect();
      // The box round a field may wear its ring; in a drawing the shape does.
      const lined = (it) => it && getComputedStyle(it).outlineStyle !== 'none' && parseFloat(getComputedStyle(it).outlineWidth) >= 1;
      const shape = element.querySelector('rect');
      const ring = lined(element) || lined(element.parentElement) || lined(element.closest('.composer, .seek, label')) || parseFloat(shape ? getComputedStyle(shape).strokeWidth : 0) > 2;
      const name = `${element.tagName.toLowerCase()}.${[...element.classList].join('.')} “${(element.ariaLabel ?? element.textContent).trim().slice(0, 30)}”`;
      const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0;
      // Of a region that is taller than the window, the middle of what can be seen of it.
      const [from, to] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
      const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 2), y = from + (box.height > innerHeight / 2 ? (to - from) / 2 : Math.min((to - from) / 2, 12));
      const top = document.elementFromPoint(x, y);
      const free = !top || element.contains(top) || top.contains(element) || element.closest('label')?.contains(top) || !top.closest('header.bar, thead, .bulk, .composer, .toasts, .rail');
      return { name, ring, inside, free };
    });
    if (stop.end) break;
    if (stop.name === before) continue;
    before = stop.name;
    if (!stop.inside) wrong.push(`out of sight: ${stop.name}`);
    else if (!stop.ring) wrong.push(`no ring: ${stop.name}`);
    else if (!stop.free) wrong.push(`under a bar: ${stop.name}`);
  }
  hold(wrong.slice(0, 6));
}
