#!/bin/sh
# Runs the tests on SQLite and, at the same time, on PostgreSQL. Arguments go to pytest: sh scripts/test.sh -k navigation.
#   TEST_DATABASE_URL     a PostgreSQL server, with the name of any database of it: the tests make their own beside it
#   REQUIRE_POSTGRESQL=1  fail without it
#   REQUIRE_BROWSER=1     fail, rather than skip the browser tests, without Chromium (tests/conftest.py)
set -eu
cd "$(dirname -- "$0")/.."
python=.venv/bin/python

if [ -z "${TEST_DATABASE_URL-}" ] && [ -n "${REQUIRE_POSTGRESQL-}" ]; then
    echo "REQUIRE_POSTGRESQL is set, but TEST_DATABASE_URL names no server." >&2
    exit 1
fi

# What is set for a site that runs here is not for the tests.
unset DATABASE_URL CACHE_URL SITE_URL ALLOWED_HOSTS DEBUG MEDIA_ROOT SECRET_KEY DATABASE_POOL_SIZE

if [ -n "${TEST_DATABASE_URL-}" ]; then
    exec "$python" scripts/side_by_side.py "$@"
fi
echo "PostgreSQL is not tried: TEST_DATABASE_URL names no server (e.g. postgres://postgres@127.0.0.1:5432/postgres)."
exec "$python" -m pytest "$@"
