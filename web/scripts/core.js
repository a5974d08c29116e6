// The script of every page. Each behaviour attaches by a data- attribute and only adds to what works without it.
import htmx from "htmx.org/dist/htmx.esm.js";
import "./clock.js";
import "./composer.js";
import "./copy.js";
import "./edit.js";
import "./failure.js";
import "./keys.js";
import "./overlay.js";
import "./rows.js";
import "./seek.js";
import "./select.js";
import "./tabs.js";
import "./toast.js";

window.htmx = htmx;
