#!/bin/sh
# Debian's Chromium, in which the tests open the pages that scenegen writes (200 MB). Nothing else needs it.
# Root: installs it where it is missing. Others, and where it can't be had: says so, and those tests are skipped.
set -u

runs() { chromium --version >/dev/null 2>&1; } # Ubuntu's package is a mere stub for another one

runs && exit 0
if [ "$(id -u)" = 0 ]; then
    echo "scenegen: installing chromium (200 MB), for the tests of pages" >&2
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
fi
runs || echo "scenegen: no chromium here, so the tests of pages are skipped (sudo apt-get install chromium)" >&2
exit 0
