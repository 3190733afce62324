// The list of a tree: folding, dragging, and moves without loading the page. Without this script its buttons post forms.
"use strict";

const form = document.getElementById("tree-form");
const holder = document.getElementById("tree-holder");
const status = document.getElementById("tree-status");
const MANY = 200; // rows from which on only the two top levels are unfolded at first
const memory = `folded ${location.pathname}`;
let dragged = null;
let isBusy = false;

const tree = () => holder.querySelector(".tree");
const rowOf = (element) => element?.closest?.("li") ?? null;
const bar = (row) => row.querySelector(":scope > .tree-row");
const below = (row) => row.querySelector(":scope > ul");
const numberOf = (row) => row.id.slice("row-".length);

// Folding

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(memory));
  } catch {
    return null;
  }
}

function fold(row, isFolded) {
  below(row).hidden = isFolded;
  row.querySelector(":scope > .tree-row > .tree-fold").setAttribute("aria-expanded", String(!isFolded));
}

function remember() {
  const folded = [...holder.querySelectorAll("li:has(> ul[hidden])")].map((row) => row.id);
  sessionStorage.setItem(memory, JSON.stringify(folded));
}

function unfoldTo(row) {
  for (let above = rowOf(row.parentElement); above; above = rowOf(above.parentElement)) fold(above, false);
}

function addFolds() {
  const rows = [...holder.querySelectorAll(".tree li")];
  const isTop = (row) => row.parentElement === tree();
  const folded = remembered() ?? (rows.length > MANY ? rows.filter((row) => !isTop(row)).map((row) => row.id) : []);
  for (const row of rows) {
    const list = below(row);
    const first = document.createElement(list ? "button" : "span");
    first.className = list ? "tree-fold" : "tree-gap";
    bar(row).prepend(first);
    if (!list) continue;
    first.type = "button";
    first.id = `fold-${numberOf(row)}`;
    first.setAttribute("aria-labelledby", `say-below name-${numberOf(row)}`);
    first.setAttribute("aria-controls", list.id);
    fold(row, folded.includes(row.id));
  }
}

function addFoldAll() {
  const holderOfBoth = document.createElement("div");
  holderOfBoth.className = "tree-folds";
  for (const [words, isFolded] of [[form.dataset.fold, true], [form.dataset.unfold, false]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = words;
    button.addEventListener("click", () => {
      for (const row of holder.querySelectorAll("li:has(> ul)")) fold(row, isFolded);
      remember();
    });
    holderOfBoth.append(button);
  }
  holder.before(holderOfBoth);
}

// Moving

function say(words, isRefused) {
  status.classList.toggle("is-refused", isRefused);
  status.textContent = words;
}

async function send(wish) {
  const body = new FormData(form);
  body.set("move", wish);
  const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
  if (!(answer.headers.get("Content-Type") ?? "").includes("json")) throw new Error("outdated");
  return { isRefused: !answer.ok, ...(await answer.json()) };
}

async function move(wish, focus) {
  if (isBusy) return;
  isBusy = true;
  form.setAttribute("aria-busy", "true");
  try {
    const { words, tree: html, isRefused } = await send(wish);
    show(html, focus, isRefused ? null : wish.split(/[:,]/)[1]);
    say(words, isRefused);
  } catch (error) {
    say(error.message === "outdated" ? form.dataset.outdated : form.dataset.unreachable, true);
  } finally {
    isBusy = false;
    form.removeAttribute("aria-busy");
  }
}

function show(html, focus, moved) {
  remember();
  holder.innerHTML = html; // the server's own template, as on the page itself
  enhance();
  const row = moved && document.getElementById(`row-${moved}`);
  if (row) bar(row).classList.add("is-moved");
  const target = document.getElementById(focus);
  if (!target) return;
  unfoldTo(rowOf(target));
  target.focus();
}

form.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button?.name !== "move") return;
  event.preventDefault();
  move(button.value, button.id);
});

holder.addEventListener("click", (event) => {
  const button = event.target.closest(".tree-fold");
  if (!button) return;
  fold(rowOf(button), button.getAttribute("aria-expanded") === "true");
  remember();
});

// Arrow keys go to the same control of the next row that is seen, so that 1,000 rows need no 4,000 Tabs.
holder.addEventListener("keydown", (event) => {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const row = rowOf(event.target);
  if (!row) return;
  const rows = [...holder.querySelectorAll("li")].filter((one) => one.checkVisibility());
  const next = rows[rows.indexOf(row) + step];
  if (!next) return;
  event.preventDefault();
  const kind = event.target.id.split("-")[0];
  (document.getElementById(`${kind}-${numberOf(next)}`) ?? document.getElementById(`name-${numberOf(next)}`)).focus();
});

// Dragging

function unmark() {
  for (const row of holder.querySelectorAll(".drop-into, .drop-left, .drop-right")) {
    row.classList.remove("drop-into", "drop-left", "drop-right");
  }
}

// A quarter at the upper and lower edge means beside the row, the middle means into it.
function zone(event, over) {
  const box = over.getBoundingClientRect();
  const share = (event.clientY - box.top) / box.height;
  if (share < 0.25) return "left";
  return share > 0.75 ? "right" : "into";
}

function placeUnder(event) {
  const over = event.target.closest?.(".tree-row");
  const row = rowOf(over);
  if (!dragged || !row || dragged.contains(row)) return null;
  const where = zone(event, over);
  // Behind an entry whose children are open, a drop means before the first of them.
  const open = where === "right" && below(row) && !below(row).hidden;
  return { over, row, where, position: open ? "first-child" : { into: "last-child" }[where] ?? where };
}

holder.addEventListener("dragstart", (event) => {
  const over = event.target.closest?.(".tree-row");
  if (!over || isBusy) return;
  dragged = rowOf(over);
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.id);
  over.classList.add("is-dragged");
});

holder.addEventListener("dragover", (event) => {
  const place = placeUnder(event);
  unmark();
  if (!place) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "move";
  place.over.classList.add(`drop-${place.where}`);
});

holder.addEventListener("drop", (event) => {
  const place = placeUnder(event);
  if (!place) return;
  event.preventDefault();
  const seen = [numberOf(dragged), dragged.dataset.parent, place.position, numberOf(place.row), place.row.dataset.parent];
  move(`drop:${seen.join(",")}`, `name-${numberOf(dragged)}`);
});

holder.addEventListener("dragend", () => {
  unmark();
  holder.querySelector(".is-dragged")?.classList.remove("is-dragged");
  dragged = null;
});

function enhance() {
  addFolds();
  if (!holder.querySelector("[name=move]")) return;
  tree().classList.add("can-drag");
  for (const row of holder.querySelectorAll(".tree-row")) row.draggable = true;
  for (const link of holder.querySelectorAll(".tree-row a")) link.draggable = false;
}

enhance();
addFoldAll();
const first = holder.querySelector("[autofocus]");
if (first) {
  unfoldTo(rowOf(first));
  first.focus();
}
