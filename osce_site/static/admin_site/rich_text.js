// The rich text editor under our content security policy, and for those who don't see it.
"use strict";

// The editor adds an inline style element unless it finds one by its name. This one has the name and is none (it is of
// no namespace that styles anything), so that the policy has nothing to refuse; the rules stand in admin.css.
const placeholder = document.createElementNS("urn:osce:none", "style");
placeholder.setAttribute("data-tiptap-style", "");
document.head.append(placeholder);

// The text area, which has the label, is hidden by then: its name and help pass on to what one writes in.
document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
  const label = textarea.labels[0];
  const field = editor.view.dom;
  field.setAttribute("role", "textbox");
  field.setAttribute("aria-multiline", "true");
  if (label) {
    label.id ||= `${textarea.id}_label`;
    field.setAttribute("aria-labelledby", label.id);
    label.addEventListener("click", () => editor.commands.focus());
  }
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (textarea.hasAttribute(name)) field.setAttribute(name, textarea.getAttribute(name));
  }
});
