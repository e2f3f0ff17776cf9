#!/bin/sh
# Makes sure that a Chromium is there for the browser tests. $1: the Python that has Playwright.
set -eu
python=$1
if command -v chromium-headless-shell >/dev/null 2>&1; then exit 0; fi
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium chromium-headless-shell fonts-noto-color-emoji >/dev/null; then
    exit 0
  fi
fi
if command -v chromium >/dev/null 2>&1; then exit 0; fi
"$python" -m playwright install chromium
