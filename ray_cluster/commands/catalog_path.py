"""The path of a catalog's package, given as an option or by SCENEGEN_CATALOG_PATH."""

import os
from pathlib import Path

VARIABLE = "SCENEGEN_CATALOG_PATH"


def path_for(source: str, given: Path | None) -> Path | None:
    """Returns the path for a source: a variable set for good in a shell must not spoil a run on `builtin`."""
    is_from_variable = given is not None and str(given) == os.environ.get(VARIABLE)
    return None if source == "builtin" and is_from_variable else given
