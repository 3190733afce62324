// Titles that match what is typed, offered in the browser's own list. Without this script a number or an address serves.
"use strict";

const PAUSE = 250; // milliseconds without a key before the site is asked

function offerTitles(field, number) {
  const list = document.createElement("datalist");
  list.id = `${field.id}_titles_${number}`;
  field.after(list);
  field.setAttribute("list", list.id);
  let waiting = 0;

  async function ask() {
    const typed = field.value.trim();
    if (!typed || typed.endsWith("]")) return;
    const address = new URL(field.dataset.suggest, location.href);
    address.searchParams.set("q", typed);
    if (field.name === "translation_of") address.searchParams.set("originals", "1");
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok || field.value.trim() !== typed) return;
    const { suggestions } = await answer.json();
    list.replaceChildren(...suggestions.map((text) => Object.assign(document.createElement("option"), { value: text })));
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
}

let equipped = 0;

function equipAll(root) {
  root.querySelectorAll("[data-suggest]:not([list])").forEach((field) => offerTitles(field, (equipped += 1)));
}

document.addEventListener("DOMContentLoaded", () => equipAll(document));
document.addEventListener("rows:added", (event) => {
  event.target.querySelectorAll("datalist").forEach((copied) => copied.remove());
  equipAll(event.target);
});
