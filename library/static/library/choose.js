// Finds an image for a field that takes its number: words are asked for, thumbnails are answered, one is pressed.
"use strict";

const PAUSE = 250; // milliseconds without a key before the site is asked

function equip(holder) {
  const field = holder.querySelector("input");
  const texts = holder.dataset;
  const search = Object.assign(document.createElement("input"), { type: "search", className: "image-input__words", id: `${field.id}_words` });
  const label = Object.assign(document.createElement("label"), { className: "image-input__label", textContent: texts.find, htmlFor: search.id });
  const status = Object.assign(document.createElement("p"), { className: "image-input__status" });
  const list = Object.assign(document.createElement("ul"), { className: "image-input__found" });
  status.setAttribute("role", "status");
  holder.append(label, search, status, list);
  let waiting = 0;

  function take(image) {
    field.value = image.id;
    list.replaceChildren();
    status.textContent = `${image.name} [${image.id}]`;
    let shown = holder.querySelector(".image-input__thumbnail");
    if (!shown) {
      shown = Object.assign(document.createElement("img"), { className: "image-input__thumbnail", width: 96, height: 96 });
      holder.prepend(shown);
    }
    Object.assign(shown, { src: image.thumbnail, alt: image.name });
    field.focus();
  }

  function offer(image) {
    const item = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "image-input__choice" });
    const picture = Object.assign(document.createElement("img"), { src: image.thumbnail, alt: "", width: 96, height: 96 });
    const name = Object.assign(document.createElement("span"), { textContent: image.alternative || image.name });
    button.append(picture, name);
    button.addEventListener("click", () => take(image));
    item.append(button);
    return item;
  }

  async function ask() {
    const address = new URL(texts.choose, location.href);
    const typed = search.value.trim();
    address.searchParams.set("q", typed);
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok || search.value.trim() !== typed) return;
    const { images } = await answer.json();
    list.replaceChildren(...images.map(offer));
    status.textContent = images.length ? texts.found.replace("{n}", images.length) : texts.nothing;
  }

  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // it would send the form around
  });
}

document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-choose]").forEach(equip));
