#!/bin/sh
# Prints the path of a Chromium, and installs Debian's first where needed and allowed. CHROMIUM names another one to use instead.
set -eu

if [ -n "${CHROMIUM:-}" ]; then
  echo "$CHROMIUM"
  exit
fi

find_chromium() {
  command -v chromium || command -v chromium-browser || command -v google-chrome
}

if ! find_chromium; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
    echo "Chromium was not found. Install it (Debian: apt-get install chromium) or set CHROMIUM to the path of a Chrome." >&2
    exit 1
  fi
  echo "Installing Chromium" >&2
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >&2
  find_chromium
fi
