// data-now: what scrolls sideways opens with now in its middle. Without it one scrolls there from the beginning of the day.
import { each, one } from "./dom.js";

each("[data-now]", (room) => {
  const mark = one(".nowline", room);
  if (mark) room.scrollLeft += mark.getBoundingClientRect().left - room.getBoundingClientRect().left - room.clientWidth / 2;
});
