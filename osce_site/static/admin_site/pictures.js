// What a form chooses from the library: cards that move up and down, dialogs to choose and to upload. Without this script
// the rows are plain inputs that take a number. The text editor asks by the event "library:choose" for one image or file.
const PAUSE = 250; // milliseconds without a key before the library is asked

function make(tag, options = {}, ...children) {
  const made = Object.assign(document.createElement(tag), options);
  made.append(...children.filter(Boolean));
  return made;
}

async function askJson(address, options = {}) {
  const answer = await fetch(address, { ...options, headers: { Accept: "application/json", ...options.headers } });
  const said = await answer.json().catch(() => ({}));
  return { isFine: answer.ok, said };
}

function words(card, edit) {
  return make(
    "div",
    { className: "chosen__words" },
    make("span", { className: "chosen__name", textContent: card.name }),
    card.text && make("span", { className: "chosen__text", textContent: card.text }),
    card.problem && make("span", { className: "chosen__problem", textContent: card.problem }),
    edit && make("a", { className: "chosen__edit", href: card.address, target: "_blank", textContent: edit }),
  );
}

function thumbnail(address, size) {
  return address && make("img", { className: "chosen__thumbnail", src: address, width: size, height: size, alt: "" });
}

// The dialog in which one searches. `chosen` takes what is pressed; with `isOne` the dialog closes then.
function chooser(dialog) {
  const [search, results, told] = ["[data-search]", "[data-results]", "[data-told]"].map((each) => dialog.querySelector(each));
  let waiting = 0;
  let taking = { chosen: () => {}, isOne: true, has: () => false, own: () => [] };

  function entry(found) {
    const detail = [found.alternative || found.text, found.credit].filter(Boolean).join(" · ");
    const button = make(
      "button",
      { type: "button", className: "library-dialog__entry" },
      thumbnail(found.thumbnail, 96),
      found.is_own && make("span", { className: "chosen__own", textContent: dialog.dataset.own }),
      make("span", { className: "chosen__name", textContent: found.name }),
      detail && make("span", { className: "chosen__text", textContent: detail }),
    );
    if (!taking.isOne) button.setAttribute("aria-pressed", String(taking.has(found.id)));
    button.addEventListener("click", () => {
      if (taking.isOne) dialog.close();
      taking.chosen(found.id);
      if (!taking.isOne) button.setAttribute("aria-pressed", String(taking.has(found.id)));
    });
    return make("li", {}, button);
  }

  async function ask() {
    const typed = search.value.trim();
    const address = new URL(dialog.dataset.address, location.href);
    address.searchParams.set("q", typed);
    taking.own().forEach((number) => address.searchParams.append("first", number));
    const { said } = await askJson(address);
    if (search.value.trim() !== typed) return;
    const found = said.images || said.attachments || [];
    results.replaceChildren(...found.map(entry));
    told.textContent = found.length ? `${dialog.dataset.found}: ${found.length}` : dialog.dataset.nothing;
  }

  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
  return (wanted) => {
    taking = wanted;
    dialog.showModal();
    search.focus();
    ask();
  };
}

// The dialog in which one uploads: a file after the other, each taken by `chosen` as soon as it is there.
function uploader(dialog, chosen) {
  const file = dialog.querySelector("[data-file]");
  const values = [...dialog.querySelectorAll("[data-value]")];
  const [told, send] = ["[data-told]", "[data-send]"].map((each) => dialog.querySelector(each));
  const taken = new WeakSet(); // files that need not be sent a second time with those that were refused

  function refusal(said) {
    const all = Object.values(said.errors || {}).flat();
    return said.problem || all.map((each) => each.message).join(" ") || dialog.dataset.refused;
  }

  async function sendOne(each) {
    const form = new FormData();
    form.append("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    form.append(dialog.dataset.field, each);
    values.forEach((value) => form.append(value.dataset.value, value.value));
    const { isFine, said } = await askJson(dialog.dataset.address, { method: "POST", body: form });
    const number = said.image?.id || said.id;
    if (!isFine || !number) return make("span", { className: "library-dialog__told", textContent: `${each.name}: ${refusal(said)}` });
    taken.add(each);
    chosen(number);
    return said.outcome === "there" && there(each, said);
  }

  // A file that the library has is taken as it is there; what was typed now is not lost without a word.
  function there(each, { image, note }) {
    const page = make("a", { href: image.address, target: "_blank", textContent: `${image.name} – ${dialog.dataset.open}` });
    return make("span", { className: "library-dialog__told" }, `${each.name}: ${dialog.dataset.there} `, page, note && ` ${note}`);
  }

  send.addEventListener("click", async () => {
    const missing = [file, ...values].find((each) => !each.value && !("optional" in each.dataset));
    if (missing) {
      missing.focus();
      return;
    }
    send.disabled = true;
    told.textContent = dialog.dataset.sending;
    const left = [...file.files].filter((each) => !taken.has(each));
    const all = [];
    for (const each of left) all.push(await sendOne(each).catch(() => `${each.name}: ${dialog.dataset.refused} `));
    send.disabled = false;
    told.replaceChildren(...all.filter(Boolean));
    if (!told.textContent) dialog.close();
    else send.focus();
  });
  file.addEventListener("change", () => {
    const title = values.find((each) => each.dataset.value === "title");
    if (title && !title.value && file.files[0]) title.value = file.files[0].name.replace(/\.[^.]+$/, "").replace(/[_-]+/g, " ");
  });
  return () => {
    file.value = told.textContent = "";
    dialog.showModal();
    file.focus();
  };
}

// A dialog is made when it is first opened, and outside of the form, in which it would take part.
function lazily(prepare) {
  let prepared;
  return (...wanted) => (prepared ??= prepare())(...wanted);
}

function lifted(box, name) {
  const { content } = box.querySelector(`template[data-dialog=${name}]`);
  const dialog = document.importNode(content, true).querySelector("dialog");
  document.body.append(dialog);
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  return dialog;
}

function enhance(box) {
  const said = box.dataset;
  const list = box.querySelector("ol");
  const status = box.querySelector("[data-status]");
  const isOne = "one" in said;
  const buttons = box.querySelector("[data-buttons]");
  const open = buttons.querySelector("[data-open=choose]");

  const rows = () => [...list.children];
  const numberOf = (row) => Number(row.querySelector("input").value);
  const name = (row) => row.querySelector(".chosen__name")?.textContent || row.querySelector("input").value;
  const language = () => document.getElementById("id_language")?.value || said.language;

  function changed(text) {
    rows().forEach((row, place, all) => {
      row.querySelector(".chosen__up").disabled = place === 0;
      row.querySelector(".chosen__down").disabled = place === all.length - 1;
      row.querySelector(".chosen__lead").textContent = place === 0 ? said.lead : "";
    });
    buttons.hidden = false;
    if (text === undefined) return;
    status.textContent = text;
    list.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function move(row, isUp, pressed) {
    const other = isUp ? row.previousElementSibling : row.nextElementSibling;
    other[isUp ? "before" : "after"](row);
    changed(`${name(row)}: ${said.moved} ${rows().indexOf(row) + 1}`);
    (pressed.disabled ? row.querySelector(isUp ? ".chosen__down" : ".chosen__up") : pressed).focus();
  }

  function remove(row) {
    const next = row.nextElementSibling || row.previousElementSibling;
    row.remove();
    changed(`${said.removed}: ${name(row)}`);
    (next?.querySelector(".chosen__remove") || open).focus();
  }

  function button(row, kind, act) {
    const made = make("button", { type: "button", className: `button button--quiet chosen__button chosen__${kind}`, textContent: said[kind] });
    made.setAttribute("aria-label", `${said[kind]}: ${name(row)}`);
    made.addEventListener("click", () => act(made));
    return made;
  }

  function equip(row) {
    const input = row.querySelector("input");
    input.type = "hidden";
    if (row.dataset.shownNumber) input.value = row.dataset.shownNumber;
    const bar = make(
      "div",
      { className: "chosen__bar" },
      make("span", { className: "chosen__lead" }),
      button(row, "up", (pressed) => move(row, true, pressed)),
      button(row, "down", (pressed) => move(row, false, pressed)),
      button(row, "remove", () => remove(row)),
    );
    row.append(bar);
  }

  async function add(number) {
    const there = rows().find((row) => numberOf(row) === number);
    if (there) {
      if (!isOne) remove(there);
      return;
    }
    const row = make("li", { className: "chosen__row" }, make("input", { name: said.name, value: number }));
    row.dataset.shownNumber = number;
    if (isOne) list.replaceChildren();
    list.append(row);
    const address = new URL(said.shown, location.href);
    address.searchParams.set("language", language());
    address.searchParams.set(said.library, number);
    const { said: answer } = await askJson(address);
    const card = answer[said.library]?.[number] || { name: String(number), address: "#" };
    row.prepend(...[thumbnail(card.thumbnail, 72), words(card, said.edit)].filter(Boolean));
    equip(row);
    changed(`${said.added}: ${card.name}`);
  }

  const choose = lazily(() => chooser(lifted(box, "choose")));
  const has = (number) => rows().some((row) => numberOf(row) === number);
  const upload = lazily(() => uploader(lifted(box, "upload"), (number) => has(number) || add(number)));
  rows()
    .filter((row) => !row.dataset.shownNumber && !row.querySelector("input").value)
    .forEach((row) => row.remove());
  rows().forEach((row) => {
    if (!row.querySelector(".chosen__name")) {
      const typed = row.querySelector("input").value;
      row.prepend(words({ name: typed }));
    }
    equip(row);
  });
  changed();
  const own = () => rows().map(numberOf).filter(Boolean);
  open.addEventListener("click", () => choose({ chosen: add, isOne, has, own: () => [] }));
  buttons.querySelector("[data-open=upload]").addEventListener("click", () => upload());
  // An image that the text shows need not be chosen above it; those that are come first.
  document.addEventListener("library:choose", ({ detail }) => {
    if (detail.what === said.library) choose({ chosen: detail.chosen, isOne: true, has: () => false, own });
  });
}

document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-library]").forEach(enhance));
