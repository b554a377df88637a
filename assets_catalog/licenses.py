"""Licences: SPDX ids, or expressions of them as in 'CC-BY-3.0 OR GPL-2.0-only', in the spelling that SPDX gives them.

Licences that SPDX doesn't list are named 'LicenseRef-NAME', as its specification has it. Non-commercial licences are
licences too: whether a dataset may have them is for `--licenses` to say.
"""

import re
from functools import cache
from typing import Any

from schemas.errors import CatalogError, did_you_mean

_OWN = re.compile(r"LicenseRef-[A-Za-z0-9.-]+")
_LONGEST = 200


def spdx_license(text: str) -> str:
    """Returns a licence in SPDX's spelling; raises CatalogError for what is none, with the nearest that is."""
    if len(text) > _LONGEST:
        raise CatalogError(f"a licence of {len(text)} characters; must be an SPDX id such as CC-BY-4.0")
    if _OWN.fullmatch(text):
        return text
    from license_expression import ExpressionError  # noqa: PLC0415 - of the extra `generate`

    try:
        parsed = _spdx().parse(text)
    except ExpressionError as error:
        raise CatalogError(f"licence {text!r} can't be read: must be an SPDX id such as CC-BY-4.0") from error
    if parsed is None:
        raise CatalogError("no licence: must be an SPDX id such as CC-BY-4.0")
    keys = {symbol.key for symbol in _spdx().license_symbols(parsed, decompose=True)}
    unknown = sorted(key for key in keys if key not in _spdx().known_symbols and not _OWN.fullmatch(key))
    if unknown:
        nearest = did_you_mean(unknown[0], _spdx().known_symbols)
        raise CatalogError(f"licence {unknown[0]!r} is no SPDX id{nearest}")
    return str(parsed)


@cache
def _spdx() -> Any:
    """Returns SPDX's list as the package has it; read when it is first needed."""
    from license_expression import get_spdx_licensing  # noqa: PLC0415 - of the extra `generate`

    return get_spdx_licensing()
