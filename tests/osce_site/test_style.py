"""The limits of style that no linter holds: CONTRIBUTING.md says what each is for."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

ROOT: Path = settings.ROOT
APPS = ("osce_site", "news", "library", "taxonomy", "record")
LONGEST_FILE = 300
LONGEST_FUNCTION = 30
LONGEST_VIEW = 12
LONGEST_TEMPLATE = 80
JUNK_DRAWERS = re.compile(r"^(utils?|helpers?|common|core|base|misc|tools|lib)(\.py)?$")
# A template's parts that the site's Content-Security-Policy forbids.
INLINE = re.compile(
    r"<style\b | \sstyle\s*= | \son[a-z]+\s*=\s*[\"'] | javascript: | <script\b(?![^>]*\bsrc\s*=)"
    r"(?![^>]*type=\"application/(?:ld\+)?json\")",
    re.VERBOSE | re.IGNORECASE,
)
# What silences a tool, and the reason for it that stands behind.
SUPPRESSION = re.compile(r"#\s*(noqa|type:\s*ignore|pragma|nosec)")
REASON = re.compile(r"(noqa: [A-Z0-9, ]+|type: ignore\[[\w-]+\])\s+(-|#)\s+\S")


def files(pattern: str, *folders: str) -> list[Path]:
    """Return the project's own files of the folders."""
    found = (path for folder in folders for path in (ROOT / folder).rglob(pattern))
    return sorted(path for path in found if "__pycache__" not in path.parts)


def code(*folders: str) -> list[Path]:
    """Return the Python that people wrote: not what Django writes into migrations."""
    return [path for path in files("*.py", *folders) if "migrations" not in path.parts]


def lines_of(path: Path) -> int:
    """Count the lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines from `def` to the end."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def too_long(paths: list[Path], limit: int) -> list[str]:
    """Name the files over the limit."""
    return [f"{path.relative_to(ROOT)}: {lines_of(path)} lines" for path in paths if lines_of(path) > limit]


def test_no_file_is_longer_than_300_lines():
    """A longer one is more than one thing."""
    written = [*code(*APPS, "tests", "benchmarks", "scripts"), *files("*.js", *APPS), *files("*.css", *APPS)]
    assert written
    assert too_long(written, LONGEST_FILE) == []


def test_no_template_is_longer_than_80_lines():
    """A longer one has a partial in it."""
    assert too_long(files("*.html", "templates", *APPS), LONGEST_TEMPLATE) == []


def test_no_function_is_longer_than_30_lines():
    """A longer one is hard to hold in the head."""
    found = [
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}: {length(function)} lines"
        for path in code(*APPS, "tests", "benchmarks", "scripts")
        for function in functions(path)
        if length(function) > LONGEST_FUNCTION
    ]
    assert found == []


def test_no_view_is_longer_than_12_lines():
    """A view is: door, narrow, page, render."""
    found = [
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}: {length(function)} lines"
        for path in code(*APPS)
        if "views" in path.with_suffix("").parts
        for function in functions(path)
        if function.args.args and function.args.args[0].arg == "request" and length(function) > LONGEST_VIEW
    ]
    assert found == []


def test_no_module_is_a_junk_drawer():
    """A module is named for what it holds."""
    found = [path for path in files("*", *APPS, "tests", "benchmarks", "scripts") if JUNK_DRAWERS.match(path.name)]
    assert [str(path.relative_to(ROOT)) for path in found] == []


def test_each_suppression_says_why():
    """Whoever reads it later can tell whether it is still needed; one without a rule's name would silence all."""
    found = [
        f"{path.relative_to(ROOT)}:{number} {line.strip()}"
        for path in files("*.py", *APPS, "tests", "benchmarks", "scripts")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if SUPPRESSION.search(line) and not REASON.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    "line", ["#" + " noqa", "#" + "noqa: E402", "#" + " type: ignore[arg-type]", "#" + " nosec - fine"]
)
def test_a_suppression_without_a_reason_or_a_rule_would_be_found(line):
    """The rule above can fail."""
    assert SUPPRESSION.search(line)
    assert not REASON.search(line)


def test_migrations_are_named_for_what_they_change():
    """Django's own name tells only when it was made."""
    assert [path.name for path in files("*_auto_*.py", *APPS)] == []


def test_templates_hold_no_inline_script_or_style():
    """The site's policy would refuse them in the browser; here they are found before."""
    found = [
        f"{path.relative_to(ROOT)}:{number} {line.strip()}"
        for path in files("*.html", "templates", *APPS)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if INLINE.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        '<p style="color: red">',
        "<style>",
        "<script>alert(1)</script>",
        '<button onclick="go()">',
        '<a href="javascript:go()">',
    ],
)
def test_an_inline_script_or_style_would_be_found(line):
    """The rule above can fail."""
    assert INLINE.search(line)


@pytest.mark.parametrize(
    "line", ['<script src="/a.js" defer></script>', "<p data-style='x' class='on'>", '<script type="application/json">']
)
def test_what_the_policy_allows_is_let_be(line):
    """Files, data and names that merely look like it."""
    assert not INLINE.search(line)


def documentation() -> str:
    """Return all that operators and editors read."""
    return "\n".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *files("*.md", "docs")])


def test_every_management_command_is_documented():
    """What nobody can find is not there."""
    own = {name for name, app in get_commands().items() if app in APPS}
    assert own
    assert (
        sorted(name for name in own if f"`{name}" not in documentation() and f"manage.py {name}" not in documentation())
        == []
    )


def test_every_variable_of_the_environment_is_documented():
    """Read in the settings, in gunicorn's configuration or in the scripts."""
    sources = [ROOT / "osce_site/settings.py", ROOT / "gunicorn.conf.py", *files("*.sh", "scripts")]
    pattern = re.compile(r"env\.\w+\(\s*\"(\w+)\"|environ(?:\.get\(|\[)\"(\w+)\"|\$\{([A-Z_]{4,})-")
    named = {name for path in sources for match in pattern.findall(path.read_text()) for name in match if name}
    own = named - {"HOME", "PYENV_ROOT", "UV_SYSTEM_CERTS"}
    assert {"DATABASE_URL", "WEB_CONCURRENCY", "TEST_DATABASE_URL"} <= own
    assert sorted(name for name in own if f"`{name}" not in documentation()) == []


def test_every_system_check_is_documented():
    """An id leads to what to do."""
    ids = {found for path in code(*APPS) for found in re.findall(r"id=\"(\w+\.[EW]\d+)\"", path.read_text())}
    assert "osce_site.E001" in ids
    assert sorted(name for name in ids if name not in documentation()) == []
