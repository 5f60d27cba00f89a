#!/bin/sh
# Write the hashed requirement files from pyproject.toml, for Python 3.11 and up on every platform.
# The widest lock comes first and constrains the others, so that all of them agree on every version.
# Pins stay as they are unless pyproject.toml forbids them or --upgrade is given.
# Where packages come from is the business of each machine's own settings: no address gets into a lock.
set -eu
cd "$(dirname "$0")/.."
: "${UV:=.venv/bin/uv}"
unset PIP_FIND_LINKS PIP_INDEX_URL PIP_EXTRA_INDEX_URL UV_FIND_LINKS

compile() {
  target=$1
  shift
  "$UV" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --annotation-style line --custom-compile-command "make lock" \
    --no-emit-index-url --no-emit-find-links "$@" --output-file "$target"
}

compile requirements-dev.txt pyproject.toml --group dev "$@"
compile requirements-test.txt pyproject.toml --group build --group test --constraint requirements-dev.txt
compile requirements.txt pyproject.toml --constraint requirements-dev.txt
compile requirements-build.txt --group build --constraint requirements-dev.txt

if grep -nE '://|^--(index|find|extra|trusted)' requirements*.txt; then
  echo "lock: a requirement file names a host or an option; see the lines above" >&2
  exit 1
fi
