// Rows in an order that counts: buttons that move a row up or down, remove it, or add one. Without this script
// the rows are plain inputs, with empty ones at the end.
"use strict";

function button(text, className, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.className = `button ordered-rows__button ${className}`;
  made.addEventListener("click", act);
  return made;
}

function input(row) {
  return row.querySelector("select, input");
}

function enhance(list) {
  const words = list.dataset;
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");

  function rows() {
    return [...list.children];
  }

  function renumber() {
    const all = rows();
    all.forEach((row, place) => {
      const label = `${words.label} ${place + 1}`;
      input(row).setAttribute("aria-label", label);
      row.querySelectorAll("button").forEach((each) => each.setAttribute("aria-label", `${each.textContent}: ${label}`));
      row.querySelector(".ordered-rows__up").disabled = place === 0;
      row.querySelector(".ordered-rows__down").disabled = place === all.length - 1;
    });
  }

  function move(row, isUp, pressed) {
    const other = isUp ? row.previousElementSibling : row.nextElementSibling;
    other[isUp ? "before" : "after"](row);
    renumber();
    status.textContent = `${words.moved} ${rows().indexOf(row) + 1}`;
    (pressed.disabled ? input(row) : pressed).focus();
  }

  function remove(row) {
    const next = row.nextElementSibling || row.previousElementSibling;
    if (!next) {
      input(row).value = "";
      return;
    }
    row.remove();
    renumber();
    input(next).focus();
  }

  function equip(row) {
    row.querySelectorAll("button").forEach((each) => each.remove());
    row.append(
      button(words.up, "ordered-rows__up", (event) => move(row, true, event.currentTarget)),
      button(words.down, "ordered-rows__down", (event) => move(row, false, event.currentTarget)),
      button(words.remove, "ordered-rows__remove", () => remove(row)),
    );
  }

  function add() {
    const row = list.lastElementChild.cloneNode(true);
    const field = input(row);
    field.value = "";
    field.id = `${field.id}_${Date.now()}`;
    field.removeAttribute("list");
    list.append(row);
    equip(row);
    renumber();
    row.dispatchEvent(new CustomEvent("rows:added", { bubbles: true }));
    field.focus();
  }

  // With the button that adds a row, one spare row is enough.
  rows()
    .filter((row) => !input(row).value)
    .slice(1)
    .forEach((row) => row.remove());
  rows().forEach(equip);
  renumber();
  list.after(button(words.add, "ordered-rows__add", add), status);
}

document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-ordered-rows]").forEach(enhance));
