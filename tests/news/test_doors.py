"""Public code asks for editions through the doors alone, and stored text is shown unescaped at one place alone."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOORS = {"visible", "listed", "ever_visible"}
# What may look behind the doors: who writes, who decides who may write, and the staff's own pages.
STAFF_ROOMS = {
    "access", "admin", "apps", "archive", "changes", "importers", "imports", "immutability", "item_export",
    "management", "migrations", "models", "workflow",
    "files_held",  # says that a file is not public, or no longer, and to editors where it is used
    "search",  # its documents hold what is to come too; what it finds is cut with what is listed
    "index",  # knows what is to come, and lists it from its moment on
}  # fmt: skip
UNESCAPED = re.compile(r"\|\s*safe\b|\|\s*safeseq\b|autoescape\s+off|mark_safe|SafeString\(|SafeText|__html__")
# What marks as safe, and why that is no stored text.
TRUSTED = {
    "taxonomy/templatetags/rich_text.py": "the one place",
    "osce_site/templatetags/frame.py": "what a template of ours has rendered",
    "news/templatetags/lists.py": "what a template of ours has rendered, around a number",
    "news/templatetags/sharing.py": "JSON in which nothing can end the element",
    "templates/admin/your_settings.html": "help of Django's own password form, a list in HTML",
}


def public_modules():
    """Return the modules of the newsroom and the site that answer visitors."""
    modules = [*(ROOT / "news").rglob("*.py"), *(ROOT / "osce_site").rglob("*.py")]
    return [module for module in modules if module.relative_to(ROOT).with_suffix("").parts[1] not in STAFF_ROOMS]


def questions_past_the_doors(source):
    """Return what in the source asks a manager of editions for anything but a door, with its line."""
    tree = ast.parse(source)
    opened = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in DOORS}
    past = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute):
            continue
        is_manager = node.attr in {"objects", "_default_manager", "_base_manager"} and "Edition" in ast.unparse(node)
        if (is_manager or node.attr in {"editions", "rendered_by"}) and id(node) not in opened:
            past.append((node.lineno, ast.unparse(node)))
    return past


@pytest.mark.parametrize("module", public_modules(), ids=lambda module: str(module.relative_to(ROOT)))
def test_public_code_starts_from_a_door(module):
    """`visible()`, `listed()` or `ever_visible()`; whatever else would show what isn't public."""
    assert questions_past_the_doors(module.read_text()) == []


@pytest.mark.parametrize(
    "source",
    ["Edition.objects.filter(pk=1)", "Edition.objects.all()", "item.editions.order_by('pk')", "models.Edition.objects"],
)
def test_a_question_past_the_doors_would_be_seen(source):
    """The test above can fail."""
    assert questions_past_the_doors(source) != []


def test_stored_text_is_shown_unescaped_at_one_place():
    """Everywhere else a template escapes it."""
    sources = [
        *(path for app in ("news", "library", "taxonomy", "osce_site") for path in (ROOT / app).rglob("*.py")),
        *(ROOT / "templates").rglob("*.html"),
    ]
    found = {str(path.relative_to(ROOT)) for path in sources if UNESCAPED.search(path.read_text())}
    assert found <= set(TRUSTED)
    assert "taxonomy/templatetags/rich_text.py" in found
