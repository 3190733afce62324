#!/bin/sh
# Holds the code to the project's limits: CONTRIBUTING.md says what each is for. Runs all of them, then fails if one did.
set -u
cd "$(dirname -- "$0")/.."
export PATH="$PWD/.venv/bin:$PATH" PYTHONPATH="$PWD"
apps="osce_site news library taxonomy record"
failed=""

hold() { # hold NAME COMMAND…
    name=$1
    shift
    if output=$("$@" 2>&1); then
        echo "ok      $name"
    else
        echo "FAILED  $name"
        printf '%s\n' "$output" | sed 's/^/        /'
        failed="$failed $name"
    fi
}

templates() { git ls-files -z --cached --others --exclude-standard 'templates/*.html' | xargs -0 -r djade --check --target-version 6.1; }

# Django's own checks of a deployment, under the settings of one: a made-up address, and a key that no site uses.
deployment() {
    env -u DEBUG -u DATABASE_URL -u CACHE_URL -u ALLOWED_HOSTS SITE_URL=https://www.example.org \
        SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(60))')" \
        python manage.py check --deploy --fail-level WARNING
}

hold "lint (ruff)" ruff check --quiet .
hold "format (ruff)" ruff format --check --quiet .
hold "format of templates (djade)" templates
hold "types (mypy)" mypy
hold "layers (import-linter)" lint-imports --no-cache
hold "complexity (complexipy)" complexipy $apps --max-complexity-allowed 8 --failed --plain
hold "copies (pylint)" pylint --disable=all --enable=duplicate-code --min-similarity-lines=8 --ignore=migrations $apps
hold "migrations" python manage.py makemigrations --check --dry-run
hold "deployment (check --deploy)" deployment
hold "limits of style" python -m pytest -q tests/osce_site/test_style.py

[ -z "$failed" ] || { echo "Not held:$failed" >&2; exit 1; }
echo "All limits are held."
