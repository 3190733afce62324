// Images and attachments of the library in the midst of a text: a block that is chosen, moved and deleted as a whole.
// It is stored as an empty figure that names a number (library/embedded.py); its picture and words come from the library.
import { Node } from "django-prose-editor/editor";

const KINDS = { image: "image", attachment: "attach_file" }; // with the icons of the buttons

function chosenBox(what) {
  return document.querySelector(`[data-library=${what}]`);
}

const cards = new Map();

function cardOf(what, number) {
  const box = chosenBox(what);
  const address = new URL(box.dataset.shown, location.href);
  address.searchParams.set("language", document.getElementById("id_language")?.value || box.dataset.language);
  address.searchParams.set(what, number);
  if (!cards.has(address.href)) {
    const asked = fetch(address, { headers: { Accept: "application/json" } }).then((answer) => answer.json());
    cards.set(
      address.href,
      asked.then((said) => said[what]?.[number]),
    );
  }
  return cards.get(address.href);
}

function part(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

async function draw(figure, { what, number }) {
  const box = chosenBox(what);
  const label = `${box.dataset.kind} ${number}`;
  figure.setAttribute("aria-label", label);
  const words = part("figcaption", "embedded__words", label);
  figure.replaceChildren(words);
  const card = await cardOf(what, number).catch(() => undefined);
  if (!card) {
    words.append(part("span", "chosen__problem", box.dataset.unknown));
    return;
  }
  words.append(part("span", "chosen__name", card.name), part("span", "chosen__text", card.text));
  if (card.problem) words.append(part("span", "chosen__problem", card.problem));
  if (card.thumbnail) {
    figure.prepend(Object.assign(document.createElement("img"), { src: card.thumbnail, width: 96, height: 96, alt: "" }));
  }
}

// Behind what is chosen, before or behind the block in which one writes, in the place of an empty one; else it is parted.
function target({ node, empty, from, to, $from }) {
  if (node) return to;
  if (!empty || !$from.depth) return { from, to };
  if (!$from.parent.content.size) return { from: $from.before(), to: $from.after() };
  if ($from.parentOffset === 0) return $from.before();
  return $from.parentOffset === $from.parent.content.size ? $from.after() : from;
}

// The cursor goes on behind the figure: what is typed or placed next must not take its place.
function place(editor, attrs) {
  editor.chain().focus().insertContentAt(target(editor.state.selection), { type: "embeddedFile", attrs }).run();
  const behind = editor.state.selection.to;
  if (!editor.state.doc.nodeAt(behind)?.isTextblock) editor.commands.insertContentAt(behind, { type: "paragraph" });
  editor.commands.focus(behind + 1);
}

export const EmbeddedFiles = Node.create({
  name: "embeddedFile",
  group: "block",
  atom: true,
  draggable: true,

  addAttributes() {
    return { what: { rendered: false }, number: { rendered: false } };
  },

  parseHTML() {
    return Object.keys(KINDS).map((what) => ({
      tag: `figure[data-${what}]`,
      getAttrs: (figure) => ({ what, number: Number(figure.getAttribute(`data-${what}`)) }),
    }));
  },

  renderHTML({ node }) {
    return ["figure", { [`data-${node.attrs.what}`]: node.attrs.number }];
  },

  addNodeView() {
    return ({ node }) => {
      const figure = part("figure", "embedded", "");
      draw(figure, node.attrs);
      return { dom: figure };
    };
  },

  addMenuItems({ buttons, menu }) {
    for (const [what, icon] of Object.entries(KINDS)) {
      const box = chosenBox(what);
      if (!box) continue;
      menu.defineItem({
        name: `embed-${what}`,
        groups: "files",
        button: buttons.material(icon, box.dataset.embed),
        command: (editor) => {
          const chosen = (number) => place(editor, { what, number });
          document.dispatchEvent(new CustomEvent("library:choose", { detail: { what, chosen } }));
        },
        active: (editor) => editor.isActive("embeddedFile", { what }),
      });
    }
  },
});
