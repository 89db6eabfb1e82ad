#!/usr/bin/env bash
# Debian's Chromium and a CJK font for the browser tests. Where it may not install them, it says so and goes on:
# the browser tests then say that they were left out.
set -u
have_font() { command -v fc-list >/dev/null && fc-list :lang=zh | grep -q .; }
if command -v chromium >/dev/null && have_font; then exit 0; fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "browser tests will be left out: install the packages chromium and fonts-noto-cjk to run them"
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk fontconfig >/dev/null \
  || echo "browser tests will be left out: chromium could not be installed"
exit 0
