// Asks before a page is left on which something was typed and not saved.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("newsitem_form");
  if (!form) return;
  const refused = form.querySelector(".errornote") !== null; // what was typed before is not saved either
  let unsaved = refused;
  for (const event of ["input", "change", "rows:added"]) form.addEventListener(event, () => (unsaved = true));
  form.addEventListener("submit", () => (unsaved = false));
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
});
