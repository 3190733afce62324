// A field that narrows a long list of checkboxes, and the names of what is chosen. Without this script the list is whole.
"use strict";

function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function narrow(block) {
  const options = [...block.querySelectorAll("label")];
  const chosen = block.querySelector("[data-chosen]");

  const field = document.createElement("input");
  field.type = "search";
  field.className = "vTextField checkbox-columns__narrow";
  field.placeholder = block.dataset.narrow;
  field.setAttribute("aria-label", block.dataset.narrow);
  const nothing = document.createElement("p");
  nothing.setAttribute("role", "status");
  nothing.className = "checkbox-columns__nothing";
  block.querySelector(".checkbox-columns__list").before(field, nothing);

  field.addEventListener("input", () => {
    const sought = plain(field.value.trim());
    options.forEach((option) => option.toggleAttribute("hidden", !plain(option.textContent).includes(sought)));
    nothing.textContent = options.every((option) => option.hidden) ? block.dataset.none : "";
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // it would send the form
  });
  block.addEventListener("change", () => {
    const names = options.filter((option) => option.querySelector("input").checked).map((option) => option.textContent.trim());
    chosen.textContent = names.join(", ") || chosen.dataset.empty;
  });
}

document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-checkbox-columns]").forEach(narrow));
