#!/bin/sh
# Makes sure that a Chromium is there for the browser tests, what Playwright needs to drive it
# (libatomic1), nginx for the tests of proxies, and curl for README's calls. Root gets them from
# Debian; elsewhere it is the machine's nginx, and its Chromium or Playwright's own. $1: the Python
# that has Playwright.
set -eu
python=${1:-python3}
packages="chromium chromium-headless-shell curl fonts-noto-color-emoji libatomic1 nginx"
if dpkg -s $packages >/dev/null 2>&1; then exit 0; fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  # RUNLEVEL=1: nginx is not started as a service; tests start one of their own.
  export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
  if apt-get update -qq && apt-get install -y -qq $packages >/dev/null; then
    exit 0
  fi
fi
if command -v chromium >/dev/null 2>&1; then exit 0; fi
"$python" -m playwright install chromium
