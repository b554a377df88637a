"""Attribution: who made the assets of a dataset, and under which licence, as Markdown for OUT/ATTRIBUTION.md.

Licences of the CC-BY family ask for the creator, the licence and its address wherever the work is shown. Where the user
gave the licence, because the source states none, that is said: nobody else vouches for it.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Protocol, runtime_checkable

LICENSE_ADDRESSES = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-3.0": "https://creativecommons.org/licenses/by/3.0/",
    "CC-BY-3.0-US": "https://creativecommons.org/licenses/by/3.0/us/",
    "CC-BY-SA-3.0": "https://creativecommons.org/licenses/by-sa/3.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "Apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
}

_WHAT_WAS_DONE = """\
The pictures show these works. Models were scaled, placed, lit and rendered; textures were laid on surfaces; pictures of
all directions light scenes and stand behind them."""
_ON_SPDX_LIST = re.compile(r"(?!LicenseRef-)[A-Za-z0-9][A-Za-z0-9.+-]*")


@runtime_checkable
class Work(Protocol):
    """What must be known of an asset to credit it; records of a catalog say it."""

    @property
    def label(self) -> str: ...
    @property
    def license(self) -> str:
        """SPDX id."""

    @property
    def license_is_override(self) -> bool:
        """Whether the user gave it."""

    @property
    def creator(self) -> str: ...
    @property
    def source(self) -> str: ...


_Named = tuple[str, Work]
"""asset_id, work."""


def attribution(works: Mapping[str, Work]) -> str:
    """Returns Markdown that credits every work, named by its asset_id, by licence, source and creator.

    It is the same for any order of the works.
    """
    ordered = sorted(works.items(), key=_credit_key)
    blocks = ["# Attribution", _WHAT_WAS_DONE]
    for (license_id, is_override, source), of_source in groupby(ordered, key=_section):
        stated = ", stated by the user: the source states none" if is_override else ""
        blocks.append(f"## {_escaped(source)}\n\nLicence: {_license_link(license_id)}{stated}")
        blocks.append("\n".join(_credit(creator, own) for creator, own in groupby(of_source, key=_creator)))
    if not ordered:
        blocks.append("None that asks for it: no asset was used.")
    return "\n\n".join(blocks) + "\n"


def _section(named: _Named) -> tuple[str, bool, str]:
    _, work = named
    return work.license, work.license_is_override, work.source


def _credit_key(named: _Named) -> tuple[tuple[str, bool, str], str, str]:
    return _section(named), _creator(named), named[0]


def _creator(named: _Named) -> str:
    return named[1].creator


def _credit(creator: str, works: Iterable[_Named]) -> str:
    named = ", ".join(f"{_escaped(work.label)} (`{asset_id.replace('`', '')}`)" for asset_id, work in works)
    return f"- {_escaped(creator)}: {named}"


def _license_link(license_id: str) -> str:
    address = LICENSE_ADDRESSES.get(license_id, f"https://spdx.org/licenses/{license_id}.html")
    return f"[{license_id}]({address})" if _ON_SPDX_LIST.fullmatch(license_id) else _escaped(license_id)


def _escaped(text: str) -> str:
    """Returns text of a catalog as plain text: no markup, one line, nothing that a terminal would obey."""
    plain = "".join(mark if mark.isprintable() else "?" for mark in " ".join(text.split()))
    return "".join(f"\\{mark}" if mark in "\\`*_[]<>#|" else mark for mark in plain)
