"""The extra `generate`: what a command needs beyond the base install."""

import sys
from collections.abc import Iterable
from importlib.util import find_spec

from schemas.errors import InputError

_MODULES = ("bpy", "ray", "embreex", "trimesh", "PyOpenColorIO")


def check_extra(command: str, needed: Iterable[str] = _MODULES) -> None:
    """Raises InputError with what to install where a module that is needed is missing; imports none."""
    missing = [name for name in needed if find_spec(name) is None]
    if missing:
        python = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise InputError(
            f"{command} needs {', '.join(missing)}: pip install 'scenegen[generate]', "
            f"which needs Python 3.13 (this is {python})"
        )
