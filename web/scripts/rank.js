// How well what is typed fits a line of the palette: letters count at the beginnings of words and where they follow one another.
// Pure, so that it is tested without a browser.

const plain = (letter) => letter.normalize("NFD")[0].toLowerCase();
const isPart = (letter) => /[\p{L}\p{N}]/u.test(letter ?? "");

/** Places where a word begins. */
const starts = (letters) => letters.map((letter, at) => isPart(letter) && !isPart(letters[at - 1]));

// What a fit is worth: the beginning of the line, of a later word, a letter that follows, one that skips to a later word.
const LINE = 60, WORD = 40, FOLLOWS = 6, SKIPS = 2, INSIDE = 12, WHOLE = 8;

/** The best fit of one word: its worth and the places of its letters. */
function fit(word, letters, begins) {
  let best;
  const walk = (i, at, worth, places) => {
    if (i === word.length) {
      const end = places.at(-1), whole = end - places[0] === i - 1 && !isPart(letters[end + 1]) ? WHOLE : 0;
      if (!best || worth + whole > best.worth) best = { worth: worth + whole, places };
      return;
    }
    if (i && letters[at] === word[i]) walk(i + 1, at + 1, worth + FOLLOWS, [...places, at]);
    for (let to = i ? at + 1 : 0; to < letters.length; to += 1) {
      if (begins[to] && letters[to] === word[i]) walk(i + 1, to + 1, worth + (i ? SKIPS : to ? WORD : LINE), [...places, to]);
    }
  };
  walk(0, 0, 0, []);
  if (best || word.length < 2) return best;
  const inside = letters.join("").indexOf(word.join(""));
  return inside < 0 ? undefined : { worth: INSIDE, places: word.map((_, i) => inside + i) };
}

/** The worth of a line for what is typed, and the places of its letters that fit; undefined if it does not. Short lines go first. */
export function rank(typed, line) {
  const letters = [...line].map(plain), begins = starts(letters);
  const words = typed.trim().split(/\s+/).filter(Boolean).map((word) => [...word].slice(0, 40).map(plain));
  let worth = -letters.length / 100;
  const places = new Set();
  for (const word of words) {
    const found = fit(word, letters, begins);
    if (!found) return undefined;
    worth += found.worth;
    for (const place of found.places) places.add(place);
  }
  return { worth, places };
}
