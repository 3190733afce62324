// Narrows a list without reloading the page, searches long facets, folds the filters away on narrow screens. Without
// this file the form's button and the links do the same.
const PARTS = ["h1", ".crumbs", ".lang", ".facets", ".filters__open", ".filters__close", ".results"];
const WAYS = ".results a, .facets a"; // links that lead to the same list, asked otherwise
const filters = document.querySelector(".filters");
const form = filters?.querySelector("form");
const searched = new Map(); // what was typed into the facets, by their names
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
let shown = location.pathname + location.search;
let request;

const addressOf = () => {
  const filled = [...new FormData(form)].filter(([, value]) => value !== "");
  const query = new URLSearchParams(filled).toString();
  return form.getAttribute("action") + (query ? `?${query}` : "");
};

/* ── The answer takes the place of what is shown ─────────────────────────────────────────────────────────────── */

// A screen reader hears the count from here, once: what is replaced together with the list is not read by all of them.
const said = document.createElement("p");
said.className = "visually-hidden";
said.setAttribute("role", "status");

async function show(address, { push = true, toTop = false } = {}) {
  const results = document.querySelector(".results");
  request?.abort();
  request = new AbortController();
  results.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: request.signal });
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.querySelector(".results")) throw new Error(`${address} has no list`);
    replaceParts(page);
    document.title = page.title;
    const { pathname, search } = new URL(answer.url);
    if (push && pathname + search !== shown) history.pushState(null, "", pathname + search);
    shown = pathname + search;
    results.removeAttribute("aria-busy");
    said.textContent = all(".problem, .tools__count").map((part) => part.textContent.trim()).join(" ");
    if (toTop) goTo(results);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

function replaceParts(page) {
  const focused = document.activeElement;
  const facet = focused.closest?.(".facet")?.dataset.name;
  const open = new Map(all(".facet", form).map((one) => [one.dataset.name, one.open]));
  const scrolled = new Map(all(".facet", form).map((one) => [one.dataset.name, optionsOf(one)?.scrollTop]));
  page.querySelector(".tools__count")?.removeAttribute("role");
  for (const part of PARTS) {
    const fresh = page.querySelector(part);
    if (fresh) document.querySelector(part)?.replaceChildren(...fresh.childNodes);
    if (part === ".filters__close" && fresh) closer.dataset.show = fresh.dataset.show ?? "";
  }
  filters.classList.toggle("filters--open", isOpen() || page.querySelector(".filters--open") !== null);
  dress();
  for (const one of all(".facet", form)) {
    one.open = open.get(one.dataset.name) || one.open;
    if (optionsOf(one)) optionsOf(one).scrollTop = scrolled.get(one.dataset.name) ?? 0;
  }
  if (focused.isConnected || !focused.id) return;
  const again = document.getElementById(focused.id) ?? document.getElementById(`facet-${facet}`);
  again?.focus({ preventScroll: true });
}

function goTo(results) {
  results.tabIndex = -1;
  results.focus({ preventScroll: true });
  results.scrollIntoView();
}

// Of a long facet the part is shown in which something is chosen.
function reveal() {
  for (const options of all(".facet__options--long", form)) {
    const chosen = options.querySelector(".option:has(:checked)");
    if (chosen && !options.scrollTop) options.scrollTop = chosen.offsetTop + chosen.offsetHeight * 2 - options.clientHeight;
  }
}

/* ── A search in each long facet ─────────────────────────────────────────────────────────────────────────────── */

const optionsOf = (facet) => facet.querySelector(".facet__options");
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

function addSearch(body) {
  const { name } = body.closest(".facet").dataset;
  const field = document.createElement("input");
  const none = document.createElement("p");
  Object.assign(field, { className: "field__input", type: "search", id: `s-${name}`, placeholder: body.dataset.search });
  field.setAttribute("aria-label", body.dataset.search);
  field.value = searched.get(name) ?? "";
  none.className = "facet__none";
  none.setAttribute("role", "status");
  const narrow = () => {
    searched.set(name, field.value);
    const wanted = plain(field.value.trim());
    let found = 0;
    for (const option of all(".option", body)) {
      option.hidden = !plain(option.querySelector(".option__name").textContent).includes(wanted);
      found += !option.hidden;
    }
    none.textContent = found ? "" : body.dataset.none;
  };
  field.addEventListener("input", narrow);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // there is nothing to send
  });
  body.querySelector("legend").after(field, none);
  narrow();
}

// What the server's HTML does not have, each time that it comes.
function dress() {
  all("[data-search]", form).forEach(addSearch);
  closer.textContent = closer.dataset.show || closer.textContent;
  opener.setAttribute("aria-expanded", String(isOpen()));
}

/* ── The filters on a narrow screen: a button that unfolds them ──────────────────────────────────────────────── */

const isOpen = () => filters.classList.contains("filters--open");

function asButton(link) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: link.className, textContent: link.textContent });
  button.dataset.show = link.dataset.show ?? "";
  link.replaceWith(button);
  return button;
}

function unfold(open) {
  filters.classList.toggle("filters--open", open);
  opener.setAttribute("aria-expanded", String(open));
  reveal();
}

/* ── Choosing ────────────────────────────────────────────────────────────────────────────────────────────────── */

// A day that is being typed is a day after each key; it counts when the field is left or Enter pressed. One that is
// taken from the calendar counts at once.
const isDay = (field) => field.matches?.("input[name=from], input[name=to]");
let isTyping = false;

function onChange({ target }) {
  if (target.type === "checkbox" || (isDay(target) && !isTyping)) show(addressOf());
}

function onLeave({ target }) {
  if (isDay(target) && isTyping && target.value !== target.defaultValue) show(addressOf());
  isTyping = false;
}

function onClick(event) {
  const link = event.target.closest(WAYS);
  const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (!link || !isPlain || event.defaultPrevented || link.hash) return;
  if (link.origin !== location.origin || link.pathname !== form.getAttribute("action")) return;
  event.preventDefault();
  show(link.href, { toTop: link.closest(".results") !== null });
}

let opener;
let closer;

if (form) {
  opener = asButton(filters.querySelector(".filters__open"));
  closer = asButton(filters.querySelector(".filters__close"));
  opener.setAttribute("aria-controls", "filters-body");
  filters.classList.add("filters--scripted");
  filters.classList.toggle("filters--open", isOpen() || location.hash === "#filters");
  closer.classList.remove("button--quiet"); // with scripts it leads to what was chosen
  document.querySelector("main").append(said);
  dress();
  reveal();
  opener.addEventListener("click", () => unfold(!isOpen()));
  closer.addEventListener("click", () => {
    unfold(false);
    goTo(document.querySelector(".results"));
  });
  filters.addEventListener("keydown", (event) => {
    isTyping ||= isDay(event.target) && event.key !== "Tab";
    const isClearing = event.target.type === "search" && event.target.value !== "";
    if (event.key !== "Escape" || !isOpen() || isClearing) return;
    unfold(false);
    opener.focus();
  });
  form.addEventListener("change", onChange);
  form.addEventListener("focusout", onLeave);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    isTyping = false;
    show(addressOf());
  });
  document.addEventListener("click", onClick);
  addEventListener("popstate", () => {
    if (location.pathname + location.search !== shown) show(location.href, { push: false });
  });
}
