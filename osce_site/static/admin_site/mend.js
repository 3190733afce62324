// What Django's own scripts leave wrong for assistive technology.
"use strict";

// The question marks beside a pair of lists have a name but no role that could bear it.
window.addEventListener("load", () =>
  setTimeout(() => document.querySelectorAll("span.help-tooltip[aria-label]").forEach((mark) => mark.setAttribute("role", "img"))),
);
