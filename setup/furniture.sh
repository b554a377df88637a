#!/bin/sh
# The Sweet Home 3D furniture (Debian and Ubuntu package sweethome3d-furniture, 120 MB), the default catalog.
# Root: installs the package. Others: downloads and unpacks it below FOLDER, touching nothing else.
# Prints the folder that holds the libraries. Usage: furniture.sh FOLDER
set -eu
installed=/usr/share/sweethome3d/furniture
unpacked=$1/usr/share/sweethome3d/furniture

found() { ls "$1"/*.sh3f >/dev/null 2>&1; }

if ! found "$installed" && ! found "$unpacked"; then
    if [ "$(id -u)" = 0 ]; then
        echo "scenegen: installing sweethome3d-furniture (120 MB)" >&2
        apt-get update -qq >&2
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends sweethome3d-furniture >/dev/null
    else
        echo "scenegen: downloading sweethome3d-furniture (120 MB)" >&2
        mkdir -p "$1"
        (cd "$1" && apt-get download -qq sweethome3d-furniture >&2 && dpkg-deb -x sweethome3d-furniture_*.deb . && rm sweethome3d-furniture_*.deb)
    fi
fi
if found "$installed"; then echo "$installed"; else echo "$unpacked"; fi
