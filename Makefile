# The commands of the project; `make help` lists them. They need some Python 3, git and make, nothing else.
.DEFAULT_GOAL := help
.PHONY: help setup setup-run run test check format bench clean

PYTHON := .venv/bin/python
UV := sh scripts/uv.sh
# The environment is the project's own, whatever else is active in the shell.
unexport VIRTUAL_ENV UV_PROJECT_ENVIRONMENT
export HOST PORT

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 16

run: setup-run ## set everything up and serve the site (PORT=8000, HOST=127.0.0.1)
	@exec $(PYTHON) manage.py run_site

test: setup ## run the tests on SQLite, and beside it on PostgreSQL if TEST_DATABASE_URL names a server
	@sh scripts/test.sh

check: setup ## hold the code to the project's limits (style, types, layers, deployment)
	@sh scripts/check.sh

format: setup ## format the code and the templates
	@$(PYTHON) -m ruff check --fix --quiet . || true
	@$(PYTHON) -m ruff format --quiet .
	@git ls-files 'templates/*.html' | xargs -r .venv/bin/djade --target-version 6.1

bench: setup ## measure pages, the record, imports and pictures, and kill imports (needs PostgreSQL: TEST_DATABASE_URL)
	@$(PYTHON) -m benchmarks.pages
	@$(PYTHON) -m benchmarks.visibility
	@$(PYTHON) -m benchmarks.imports
	@$(PYTHON) -m benchmarks.import_kills
	@$(PYTHON) -m benchmarks.pictures

setup: ## install what developing needs into .venv
	@[ -d .venv ] || echo "Installing the locked packages …" >&2
	@$(UV) sync --locked --quiet

# What running needs; what a developer has installed stays.
setup-run:
	@[ -d .venv ] || echo "Installing the locked packages …" >&2
	@$(UV) sync --locked --no-dev --inexact --quiet

clean: ## remove what the commands have made, except the site's data in var/
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis var/static
