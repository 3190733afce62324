// The focal point: the two numbers are the truth; this script lets one click it, move it by keys, and see the crops.
"use strict";

const WHOLE = 100; // per cent
const STEP = 1;
const LEAP = 10; // with Shift

const inside = (value) => Math.min(WHOLE, Math.max(0, value));
const value = (field) => inside(Number(field.value) || 0);
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// Where a crop begins, in per cent of what is cut off: the point stands in its middle unless the edge is nearer.
function offset(point, kept) {
  if (kept >= 1) return 50;
  return inside(((point / WHOLE - kept / 2) / (1 - kept)) * WHOLE);
}

// One picture of the page, with its two numbers.
function enhance(section) {
  const [left, top_] = ["x", "y"].map((axis) => section.querySelector(`input[name$=focal_${axis}]`));
  const pad = section.querySelector(".focal__pad");
  const cross = section.querySelector(".focal__cross");
  const crops = section.querySelectorAll(".focal__crop img");
  const status = section.querySelector("[data-focal-status]");
  const ratio = Number(section.dataset.width) / Number(section.dataset.height);
  const said = () => section.dataset.now.replace("{x}", value(left)).replace("{y}", value(top_));

  function draw() {
    cross.style.left = `${value(left)}%`;
    cross.style.top = `${value(top_)}%`;
    pad.setAttribute("aria-label", said());
    crops.forEach((image) => {
      const wanted = Number(image.dataset.ratio);
      const x = offset(value(left), wanted / ratio);
      const y = offset(value(top_), ratio / wanted);
      image.style.objectPosition = `${x}% ${y}%`;
    });
  }

  function move(x, y) {
    left.value = Math.round(inside(x) * 10) / 10;
    top_.value = Math.round(inside(y) * 10) / 10;
    draw();
  }

  pad.addEventListener("keydown", (event) => {
    const way = KEYS[event.key];
    if (!way) return;
    event.preventDefault();
    const by = event.shiftKey ? LEAP : STEP;
    move(value(left) + way[0] * by, value(top_) + way[1] * by);
    status.textContent = said();
  });

  pad.addEventListener("click", (event) => {
    if (event.detail === 0) return; // by Enter or Space: there is no place that it names
    const box = pad.getBoundingClientRect();
    move(((event.clientX - box.left) / box.width) * WHOLE, ((event.clientY - box.top) / box.height) * WHOLE);
    status.textContent = said();
  });

  [left, top_].forEach((field) => field.addEventListener("input", draw));

  if (!section.closest("fieldset")?.disabled) pad.hidden = false;
  section.querySelector(".focal__crops")?.removeAttribute("hidden");
  draw();
}

document.querySelectorAll(".focal").forEach(enhance);
