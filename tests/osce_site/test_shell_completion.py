"""Completing the commands of manage.py in a shell."""

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

BASH = shutil.which("bash")


def script(shell: str) -> str:
    """Return what the command prints."""
    out = io.StringIO()
    call_command("shell_completion", shell, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_accepts_its_script(shell, tmp_path):
    """It is read, and not run."""
    file = tmp_path / "completion"
    file.write_text(script(shell), encoding="utf-8")
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    read = subprocess.run([program, "-n", file], capture_output=True, text=True, check=False)  # noqa: S603 - our own script
    assert (read.returncode, read.stderr) == (0, "")


@pytest.mark.skipif(BASH is None, reason="bash is not installed")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["./manage.py", "import_n"], "import_news"),
        (["python", "manage.py", "import_n"], "import_news"),
        (["python", "manage.py", "import_news", "--pl"], "--plan"),
        (["./manage.py", "import_news", "--take"], "--take-theirs="),
        (["python", "other.py", "import_n"], ""),
    ],
)
def test_bash_completes_commands_and_options(words, expected):
    """As it asks for them when a person types a tab."""
    quoted = " ".join(f"'{word}'" for word in words)
    asked = f'{script("bash")}\nCOMP_WORDS=({quoted}) COMP_CWORD={len(words) - 1}; _manage_py; echo "${{COMPREPLY[*]}}"'
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    told = subprocess.run(  # noqa: S603 - our own script
        [str(BASH), "-c", asked],
        cwd=settings.ROOT,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stdout.strip(), told.stderr) == (0, expected, "")
