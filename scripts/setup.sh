#!/bin/sh
# Find a Python that really runs and hand over to setup.py. Shims that exist but fail are common, hence the trial.
# PYTHON=… names another one.
candidates=${PYTHON:-python3.13 python3.12 python3.11 python3.14 python3 python}
for candidate in $candidates; do
  if "$candidate" -c 'import sys, ssl, sqlite3; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
    exec "$candidate" -I "$(dirname "$0")/setup.py" "$@"
  fi
done
echo "setup: no Python 3.11 or newer among: $candidates; install one (on Debian and Ubuntu: sudo apt install python3)" >&2
exit 69
