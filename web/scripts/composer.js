// The composer: i switches between reply and note, Ctrl Enter sends, names of attached files are shown.
import { all, each, on, one } from "./dom.js";

each("[data-composer]", (form) => {
  on("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      const inner = one("[name=mode][value=internal]", form)?.checked;
      const send = all(`.foot .${inner ? "for-inner" : "for-public"} button[type=submit]`, form).pop();
      form.requestSubmit(send);
    }
  }, form);
});

each("[data-file-names]", (input) => {
  on("change", () => {
    const names = one("[data-names]", input.closest("label"));
    if (names) names.textContent = [...input.files].map((file) => file.name).join(", ");
  }, input);
});

/** Turns reply into note and back; gives the focus to the text. */
export function switchMode() {
  const other = one("[data-composer] [name=mode]:not(:checked)");
  if (other) other.click(), one("[data-composer] .text").focus();
}
