// Uploads file by file, two at a time, each with its progress and its outcome. Without this script the form sends all.
"use strict";

const AT_ONCE = 2; // requests: the server opens a picture in each, and a second one hides the way there and back

const form = document.getElementById("upload");
const texts = form.dataset;
const input = form.elements.files;
const zone = document.getElementById("drop-zone");
const list = document.getElementById("upload-rows");
const status = document.getElementById("upload-status");
const next = document.getElementById("upload-next");
const most = Number(input.dataset.most);
const rows = [];
let chosen = [];
let running = 0;

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

function element(name, className, text = "") {
  return Object.assign(document.createElement(name), { className, textContent: text });
}

// A row of the list: the file, how far it is, what became of it.
function addRow(file) {
  const row = { file, state: "waiting", image: null, item: element("li", "upload-row") };
  row.bar = Object.assign(element("progress", "upload-row__bar"), { max: 1, value: 0 });
  row.bar.setAttribute("aria-label", filled(texts.progress, { name: file.name }));
  row.outcome = element("span", "upload-row__outcome", texts.waiting);
  row.item.append(element("span", "upload-row__name", file.name), row.bar, row.outcome);
  list.append(row.item);
  rows.push(row);
}

function link(image, text) {
  return Object.assign(element("a", ""), { href: image.address, textContent: text });
}

function settle(row, state, { image = null, problem = "", note = "", lacks_credit: lacksCredit = false } = {}) {
  Object.assign(row, { state, image, lacksCredit });
  row.bar.remove();
  row.item.className = `upload-row upload-row--${state}`;
  if (state === "stored") row.outcome.replaceChildren(link(image, texts.stored));
  else if (state === "there") row.outcome.replaceChildren(`${texts.there} `, link(image, image.name));
  else row.outcome.replaceChildren(problem);
  if (note) row.outcome.append(element("span", "upload-row__note", note));
  if (state === "failed") {
    const again = Object.assign(element("button", "button button--quiet upload-row__retry", texts.retry), { type: "button" });
    again.append(element("span", "visually-hidden", ` ${row.file.name}`));
    again.addEventListener("click", () => {
      retry(row);
      row.item.tabIndex = -1;
      row.item.focus();
    });
    row.outcome.append(" ", again);
  }
  running -= 1;
  goOn();
}

function retry(row) {
  row.outcome.replaceChildren(texts.waiting);
  row.bar.value = 0;
  row.item.insertBefore(row.bar, row.outcome);
  row.state = "waiting";
  goOn();
}

function answered(row, request) {
  let answer = null;
  try {
    answer = JSON.parse(request.responseText);
  } catch {
    // a page and no answer of the upload: the login's, or an error's
  }
  if (answer?.outcome) settle(row, answer.lacks_credit ? "failed" : answer.outcome, answer);
  else settle(row, "failed", { problem: [200, 403].includes(request.status) ? texts.loggedOut : texts.unreachable });
}

function send(row) {
  const request = new XMLHttpRequest();
  const data = new FormData(form);
  data.delete("files");
  data.append("files", row.file);
  row.state = "sending";
  row.outcome.textContent = texts.sending;
  running += 1;
  request.open("POST", form.action || location.href);
  request.setRequestHeader("Accept", "application/json");
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) row.bar.value = event.loaded / event.total;
  });
  request.upload.addEventListener("load", () => {
    row.bar.removeAttribute("value");
    row.outcome.textContent = texts.checking;
  });
  request.addEventListener("load", () => answered(row, request));
  request.addEventListener("error", () => settle(row, "failed", { problem: texts.unreachable }));
  request.send(data);
}

function goOn() {
  while (running < AT_ONCE) {
    const row = rows.find(({ state }) => state === "waiting");
    if (!row) break;
    send(row);
  }
  tell();
}

function count(...states) {
  return rows.filter(({ state }) => states.includes(state)).length;
}

// One sentence for everybody; said aloud at every tenth file and at the end, so that a screen reader isn't kept busy.
function tell() {
  const done = count("stored", "there", "refused", "failed");
  status.setAttribute("aria-live", done === rows.length || done % 10 === 0 ? "polite" : "off");
  if (done < rows.length) {
    status.textContent = filled(texts.goingOn, { n: done, m: rows.length });
    return;
  }
  const counts = { s: count("stored"), t: count("there"), f: count("refused", "failed") };
  status.textContent = filled(texts.summary, counts);
  const uncredited = rows.filter(({ state, lacksCredit }) => state === "failed" && lacksCredit).length;
  if (uncredited) complain(form.elements.credit, filled(texts.noCredit, { n: uncredited }));
  const numbers = [...new Set(rows.filter(({ image }) => image).map(({ image }) => image.id))];
  next.hidden = numbers.length === 0;
  const address = new URL(texts.describe, location.href);
  numbers.slice(0, most).forEach((number) => address.searchParams.append("image", number));
  next.firstElementChild.href = address;
  next.firstElementChild.textContent = filled(texts.describeThese, { n: Math.min(numbers.length, most) });
}

// What describes a field besides the problem that this script has put there.
function descriptions(field) {
  return (field.getAttribute("aria-describedby") || "").split(" ").filter((id) => id && id !== `${field.id}_problem`);
}

// What is wrong stands at its field.
function complain(field, text) {
  const place = field.closest(".image-field");
  place.classList.add("errors");
  place.querySelector(".errorlist")?.remove();
  const problems = element("ul", "errorlist");
  problems.id = `${field.id}_problem`;
  problems.append(element("li", "", text));
  place.prepend(problems);
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", [problems.id, ...descriptions(field)].join(" "));
}

// It is said once too, and the cursor is where it can be mended.
function refuse(field, text) {
  complain(field, text);
  status.textContent = text;
  field.focus();
}

function accept(field) {
  const place = field.closest(".image-field");
  place.classList.remove("errors");
  place.querySelector(".errorlist")?.remove();
  field.removeAttribute("aria-invalid");
  const others = descriptions(field);
  if (others.length) field.setAttribute("aria-describedby", others.join(" "));
  else field.removeAttribute("aria-describedby");
}

function choose(files) {
  chosen = [...files];
  document.getElementById("upload-chosen").textContent = chosen.length ? filled(texts.chosen, { n: chosen.length }) : "";
  accept(input);
  if (chosen.length > most) refuse(input, filled(texts.tooMany, { n: chosen.length, m: most }));
}

input.addEventListener("change", () => choose(input.files));

// A file that misses the zone would be opened in place of this page.
["dragover", "drop"].forEach((name) => document.addEventListener(name, (event) => event.preventDefault()));
["dragenter", "dragover"].forEach((name) =>
  zone.addEventListener(name, (event) => {
    event.preventDefault();
    zone.classList.add("drop-zone--over");
  }),
);
["dragleave", "drop"].forEach((name) => zone.addEventListener(name, () => zone.classList.remove("drop-zone--over")));
zone.addEventListener("drop", (event) => {
  event.preventDefault();
  input.value = "";
  choose(event.dataTransfer.files);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const failed = rows.filter(({ state }) => state === "failed");
  accept(form.elements.credit);
  if (chosen.length > most) return refuse(input, filled(texts.tooMany, { n: chosen.length, m: most }));
  if (!chosen.length && !failed.length) return refuse(input, texts.noFiles);
  next.hidden = true;
  failed.forEach(retry);
  chosen.forEach(addRow);
  choose([]);
  input.value = "";
  goOn();
});

window.addEventListener("beforeunload", (event) => {
  if (running) event.preventDefault(); // the browser asks whether to break off
});

choose(input.files);
