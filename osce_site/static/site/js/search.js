// Offers pages while one types in a search field (ARIA Authoring Practices: editable combobox with a list).
// Without this file the form searches as it is.
const WAIT = 150; // milliseconds after the last key
const FEWEST = 2; // letters
const MOST = 100;
const IN_TEXT = ["ArrowLeft", "ArrowRight", "Home", "End"]; // keys that lead from the list back into the field
let fields = 0;

class Suggestions {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("[type=search]");
    this.options = [];
    this.active = -1;
    this.build();
    this.input.addEventListener("input", () => this.askSoon());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("blur", () => this.close());
    this.form.addEventListener("submit", () => this.close());
  }

  build() {
    const id = `suggestions-${++fields}`;
    this.list = document.createElement("ul");
    Object.assign(this.list, { id, className: "search__list", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.form.dataset.label);
    this.status = document.createElement("p");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    this.form.append(this.list, this.status);
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id };
    for (const [name, value] of Object.entries(roles)) this.input.setAttribute(name, value);
    // A press on an option must not take the focus from the field before the option is followed.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.follow(option);
    });
  }

  askSoon() {
    clearTimeout(this.waiting);
    this.asking?.abort();
    this.choose(-1); // what is typed now is what Enter searches for
    this.waiting = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const words = this.input.value.trim();
    if (words.length < FEWEST || words.length > MOST) return this.close();
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const address = `${this.form.dataset.suggestions}?${new URLSearchParams({ q: words })}`;
      const answer = await fetch(address, { signal: this.asking.signal });
      if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
      const { suggestions, status } = await answer.json();
      if (document.activeElement === this.input) this.show(suggestions, status);
    } catch (error) {
      if (error.name !== "AbortError") this.close(); // the form still searches
    }
  }

  show(suggestions, status) {
    this.options = suggestions.map((suggestion, place) => this.draw(suggestion, place));
    this.list.replaceChildren(...this.options);
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.expand(this.options.length > 0);
    this.status.textContent = status;
  }

  draw({ kind, name, address, language }, place) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${place}`;
    option.className = "search__option";
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.address = address;
    const title = document.createElement("span");
    title.textContent = name;
    if (language) title.lang = language;
    const label = document.createElement("span");
    label.className = "kicker";
    label.textContent = kind;
    option.append(label, " ", title);
    return option;
  }

  expand(isOpen) {
    this.list.hidden = !isOpen;
    this.input.setAttribute("aria-expanded", String(isOpen));
  }

  close() {
    clearTimeout(this.waiting);
    this.asking?.abort();
    if (this.list.hidden) return;
    this.choose(-1);
    this.options = [];
    this.expand(false);
    this.status.textContent = "";
  }

  choose(place) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = place;
    const option = this.options[place];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  // From the field down the list and round to the field again.
  step(by) {
    const places = this.options.length + 1;
    this.choose(((this.active + 1 + by + places) % places) - 1);
  }

  follow(option) {
    this.close(); // or it would be open when the reader comes back
    location.assign(option.dataset.address);
  }

  onKey(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (IN_TEXT.includes(event.key)) return this.choose(-1);
    const act = this.list.hidden ? this.actWhileClosed(event.key) : this.actWhileOpen(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  }

  actWhileClosed(key) {
    return { ArrowDown: () => this.ask() }[key];
  }

  actWhileOpen(key) {
    const chosen = this.options[this.active];
    return {
      ArrowDown: () => this.step(1),
      ArrowUp: () => this.step(-1),
      Enter: chosen && (() => this.follow(chosen)),
      Escape: () => this.close(), // and the browser leaves what was typed
    }[key];
  }
}

for (const form of document.querySelectorAll("form[data-suggestions]")) new Suggestions(form);
