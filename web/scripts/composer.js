// The composer: i switches between reply and note, Ctrl Enter sends.
import { each, on, one } from "./dom.js";

each("[data-composer]", (form) => {
  on("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      const inner = one("[name=mode][value=internal]", form)?.checked;
      const send = one(`.foot .${inner ? "for-inner" : "for-public"} button.first`, form);
      form.requestSubmit(send);
    }
  }, form);
});

/** Turns reply into note and back; gives the focus to the text. */
export function switchMode() {
  const other = one("[data-composer] [name=mode]:not(:checked)");
  if (other) other.click(), one("[data-composer] .text").focus();
}
