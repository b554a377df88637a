"""Names of files that come from data: letters, digits, '-' and '_', so that none leads out of the folder of an export.

Nor does one hold a dot, at which WebDataset ends a sample's name.
"""

import re

from schemas.errors import DatasetError, one_line

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")


def plain(name: str, what: str) -> str:
    """Returns the name; raises DatasetError where it can't be that of a file, `what` is told."""
    if _PLAIN.fullmatch(name) is None:
        raise DatasetError(
            f"{what} '{one_line(name)}' can't be the name of a file: "
            "1 to 80 letters, digits, '-' and '_' are allowed, a letter or digit first"
        )
    return name
