"""Prints what a shell needs to complete the commands and options of manage.py; Django itself answers what there is."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand

BASH = """\
# Completes manage.py, also behind python. Django prints the words that fit, options that need a value with "=" behind.
_manage_py() {
    local program=("${COMP_WORDS[0]}") place=$COMP_CWORD
    case "${COMP_WORDS[0]##*/}" in
        python*)
            [ "${COMP_WORDS[1]##*/}" = manage.py ] && [ "$COMP_CWORD" -gt 1 ] || return 0
            program+=("${COMP_WORDS[1]}")
            place=$((COMP_CWORD - 1))
            ;;
    esac
    local words="${COMP_WORDS[*]:COMP_CWORD - place}"
    COMPREPLY=($(DJANGO_AUTO_COMPLETE=1 COMP_WORDS="$words" COMP_CWORD=$place "${program[@]}" 2>/dev/null))
    case "${COMPREPLY[0]-}" in
        *=) compopt -o nospace 2>/dev/null || true ;;
    esac
}
complete -o default -o bashdefault -F _manage_py manage.py ./manage.py python python3 .venv/bin/python
"""
ZSH = """\
# Completes manage.py. Django prints the words that fit, options that need a value with "=" behind.
_manage_py() {
    local -a found
    found=(${(f)"$(DJANGO_AUTO_COMPLETE=1 COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT - 1)) \\
        ${words[1]} 2>/dev/null | tr ' ' '\\n')"})
    if (( ${#found} )); then compadd -S '' -a found; else _files; fi
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
compdef _manage_py manage.py ./manage.py
"""
FISH = """\
# Completes manage.py. Django prints the words that fit, options that need a value with "=" behind.
function __manage_py
    set -l words (commandline --cut-at-cursor --tokenize) (commandline --current-token)
    set -l place (math (count $words) - 1)
    env DJANGO_AUTO_COMPLETE=1 COMP_WORDS="$words" COMP_CWORD=$place $words[1] 2>/dev/null | string split ' '
end
complete --command manage.py --arguments '(__manage_py)'
"""
SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}
EXAMPLES = """examples:
  manage.py shell_completion bash > ~/.local/share/bash-completion/completions/manage.py
  source <(manage.py shell_completion bash)
  manage.py shell_completion fish > ~/.config/fish/completions/manage.py.fish
"""


class Command(BaseCommand):
    """Print the script of a shell."""

    help = "Prints a script with which a shell completes the commands and options of manage.py."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Ask which shell."""
        parser.epilog = EXAMPLES
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.add_argument("shell", choices=list(SCRIPTS))

    def handle(self, *, shell: str, **_options: Any) -> None:
        """Print it."""
        self.stdout.write(SCRIPTS[shell], ending="")
