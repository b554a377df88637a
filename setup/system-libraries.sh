#!/bin/sh
# The shared libraries that Blender's wheel links and a bare Debian or Ubuntu machine lacks.
# Root: installs what is missing. Others: prints the one line to run, and stops.
# Usage: system-libraries.sh PYTHON
set -eu
python=$1

missing=
need() { # SONAME PACKAGE
    /sbin/ldconfig -p | grep -q "$1" || missing="$missing $2"
}
need libX11.so.6 libx11-6
need libXrender.so.1 libxrender1
need libXfixes.so.3 libxfixes3
need libXi.so.6 libxi6
need libXext.so.6 libxext6
need libxkbcommon.so.0 libxkbcommon0
need libSM.so.6 libsm6
need libICE.so.6 libice6
need libGL.so.1 libgl1

if ! command -v "$python" >/dev/null 2>&1; then
    echo "scenegen: needs Python 3.13, and there is no '$python' here (name another with: make PYTHON=...)" >&2
    exit 2
fi
version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
if [ "$version" != 3.13 ]; then
    echo "scenegen: needs Python 3.13 (bpy 5.2.3 is made for no other), '$python' is $version" >&2
    exit 2
fi
"$python" -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3.13-venv"

[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ]; then
    echo "scenegen: installing system libraries:$missing"
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "scenegen: system libraries are missing; run this, then try again:" >&2
    echo "    sudo apt-get install --no-install-recommends$missing" >&2
    exit 2
fi
