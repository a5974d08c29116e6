// data-reads: following the link tells the server that the notice was read; without script its button does.
import { csrf, on } from "./dom.js";

on("click", ({ target }) => {
  const link = target.closest?.("[data-reads]");
  if (link) navigator.sendBeacon(link.dataset.reads, new URLSearchParams({ csrf: csrf() }));
});
