// data-now: what scrolls sideways opens with now in its middle, or at its end where nothing marks now. Without it one scrolls there.
import { each, one } from "./dom.js";

each("[data-now]", (room) => {
  const mark = one(".nowline, .goal", room);
  if (!mark) room.scrollLeft = room.scrollWidth;
  else room.scrollLeft += mark.getBoundingClientRect().left - room.getBoundingClientRect().left - room.clientWidth / 2;
});
