"""From rows to the site: plan, apply, resume, undo (docs/decisions/0015-import-with-proof.md)."""
