// The script of a ticket's pages: replies that wait, files by drop and paste, templates, and naming people.
import "./why.js";
import "./ticket/files.js";
import "./ticket/held.js";
import "./ticket/macros.js";
import "./ticket/mention.js";
