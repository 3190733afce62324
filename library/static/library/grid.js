// Chooses all images of the page at once, and tells how many are chosen. Without this script one checks them one by one.
"use strict";

const acts = document.querySelector(".image-grid__acts");
const boxes = [...document.querySelectorAll(".image-card input[type=checkbox]")];

if (acts) {
  const all = Object.assign(document.createElement("button"), { type: "button", className: "button button--quiet" });
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  acts.append(all, status);

  const tell = () => {
    const count = boxes.filter((box) => box.checked).length;
    all.textContent = count === boxes.length ? acts.dataset.none : acts.dataset.all;
    status.textContent = count ? acts.dataset.chosen.replace("{n}", count) : "";
  };
  all.addEventListener("click", () => {
    const wanted = !boxes.every((box) => box.checked);
    boxes.forEach((box) => (box.checked = wanted));
    tell();
  });
  boxes.forEach((box) => box.addEventListener("change", tell));
  tell();
}
