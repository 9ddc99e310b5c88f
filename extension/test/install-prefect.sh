#!/bin/sh
# Prints the path of a Python that can import the real Prefect, and installs Prefect first where needed. PREFECT_PYTHON names
# another Python to use instead.
set -eu

if [ -n "${PREFECT_PYTHON:-}" ]; then
  echo "$PREFECT_PYTHON"
  exit
fi

root=$(cd "$(dirname "$0")/../.." && pwd)
# The newest whose dependencies can all be had from every package index we build with: 3.9.0 and 3.9.1 ask for a certifi that
# some of them do not have yet.
version=3.8.8
venv=$root/.cache/prefect/$version
complete=$venv/complete # exists once the installation is whole

if [ ! -e "$complete" ]; then
  echo "Installing Prefect $version in $venv" >&2
  rm -rf "$venv"
  python3 -m venv "$venv" >&2 || {
    echo "Python 3.10 or newer with its venv module is needed (Debian: apt-get install python3-venv)." >&2
    exit 1
  }
  "$venv/bin/pip" install --quiet --disable-pip-version-check "prefect==$version" >&2
  touch "$complete"
fi
echo "$venv/bin/python"
