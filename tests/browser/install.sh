#!/bin/sh
# Makes sure that a Chromium is there for the browser tests, and curl for README's calls. Root gets
# them from Debian; somebody else, Playwright's Chromium. $1: the Python that has Playwright.
set -eu
python=${1:-python3}
there() { command -v "$1" >/dev/null 2>&1; }
if there chromium-headless-shell && there curl; then exit 0; fi
if there apt-get && [ "$(id -u)" = 0 ]; then
  if apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium chromium-headless-shell curl fonts-noto-color-emoji >/dev/null; then
    exit 0
  fi
fi
if there chromium; then exit 0; fi
"$python" -m playwright install chromium
