// Narrows a list without reloading the page, and adds a search to long facets. Without this file the form's button
// and the links do the same.
const PARTS = [".facets", ".filters__open", ".results", ".lang"];
const form = document.querySelector(".filters__form");
const searched = new Map();
let request;

const addressOf = () => {
  const filled = [...new FormData(form)].filter(([, value]) => value !== "");
  const query = new URLSearchParams(filled).toString();
  return form.getAttribute("action") + (query ? `?${query}` : "");
};

function addSearches() {
  for (const body of form.querySelectorAll("[data-search]")) {
    const name = body.closest(".facet").dataset.name;
    const field = document.createElement("input");
    field.className = "field__input";
    field.type = "search";
    field.id = `s-${name}`;
    field.setAttribute("aria-label", body.dataset.search);
    field.placeholder = body.dataset.search;
    field.value = searched.get(name) ?? "";
    const narrow = () => {
      searched.set(name, field.value);
      const wanted = plain(field.value.trim());
      for (const option of body.querySelectorAll(".option")) option.hidden = !plain(option.textContent).includes(wanted);
    };
    field.addEventListener("input", narrow);
    body.querySelector("legend").after(field);
    narrow();
  }
}

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase();

function replaceParts(page) {
  const open = new Map([...form.querySelectorAll(".facet")].map((facet) => [facet.dataset.name, facet.open]));
  const focused = document.activeElement?.id;
  for (const part of PARTS) {
    const old = document.querySelector(part);
    const fresh = page.querySelector(part);
    if (old && fresh) old.replaceChildren(...fresh.childNodes);
  }
  for (const facet of form.querySelectorAll(".facet")) facet.open = open.get(facet.dataset.name) ?? facet.open;
  addSearches();
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

async function show(address, { push = true, toTop = false } = {}) {
  const results = document.querySelector(".results");
  request?.abort();
  request = new AbortController();
  results.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: request.signal });
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    replaceParts(page);
    document.title = page.title;
    if (push) history.pushState(null, "", answer.url);
    results.removeAttribute("aria-busy");
    said.textContent = document.querySelector(".tools__count")?.textContent ?? "";
    if (toTop) goToTop(results);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

function goToTop(results) {
  results.tabIndex = -1;
  results.focus({ preventScroll: true });
  results.scrollIntoView();
}

// A screen reader hears the new count from here: what is replaced with the list is not announced by all of them.
const said = document.createElement("p");
said.className = "visually-hidden";
said.setAttribute("role", "status");

if (form) {
  form.after(said);
  addSearches();
  form.addEventListener("change", (event) => {
    if (event.target.matches("input[type=checkbox], input[type=date]")) show(addressOf());
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(addressOf());
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".results a, .facets a");
    const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!link || !isPlain || event.defaultPrevented || link.hash) return;
    if (link.origin !== location.origin || link.pathname !== form.getAttribute("action")) return;
    event.preventDefault();
    show(link.href, { toTop: true });
  });
  addEventListener("popstate", () => {
    if (!location.hash) show(location.href, { push: false });
  });
}
