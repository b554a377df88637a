"""Attribution: who made the assets of a dataset, and under which licence, as Markdown for OUT/ATTRIBUTION.md.

Licences of the CC-BY family ask for the creator, the licence and its address wherever the work is shown. Where the user
gave the licence, because the source states none, that is said: nobody else vouches for it.
"""

import re
from collections.abc import Iterable
from itertools import groupby

from assets_catalog.record import Entry

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


def attribution(records: Iterable[Entry]) -> str:
    """Returns Markdown that credits every record, by licence, source and creator; the same for any order of records."""
    ordered = sorted({record.asset_id: record for record in records}.values(), key=_credit_key)
    blocks = ["# Attribution", _WHAT_WAS_DONE]
    for (license_id, is_override, source), of_source in groupby(ordered, key=_section):
        stated = ", stated by the user: the source states none" if is_override else ""
        blocks.append(f"## {_escaped(source)}\n\nLicence: {_license_link(license_id)}{stated}")
        blocks.append("\n".join(_credit(creator, list(own)) for creator, own in groupby(of_source, key=_creator)))
    if not ordered:
        blocks.append("None that asks for it: no asset was used.")
    return "\n\n".join(blocks) + "\n"


def _section(record: Entry) -> tuple[str, bool, str]:
    return record.license, record.license_is_override, record.source


def _credit_key(record: Entry) -> tuple[tuple[str, bool, str], str, str]:
    return _section(record), record.creator, record.asset_id


def _creator(record: Entry) -> str:
    return record.creator


def _credit(creator: str, records: list[Entry]) -> str:
    works = ", ".join(f"{_escaped(record.label)} (`{record.asset_id.replace('`', '')}`)" for record in records)
    return f"- {_escaped(creator)}: {works}"


def _license_link(license_id: str) -> str:
    address = LICENSE_ADDRESSES.get(license_id, f"https://spdx.org/licenses/{license_id}.html")
    return f"[{license_id}]({address})" if _ON_SPDX_LIST.fullmatch(license_id) else _escaped(license_id)


def _escaped(text: str) -> str:
    """Returns text of a catalog as plain text: no markup, one line, nothing that a terminal would obey."""
    plain = "".join(mark if mark.isprintable() else "?" for mark in " ".join(text.split()))
    return "".join(f"\\{mark}" if mark in "\\`*_[]<>#|" else mark for mark in plain)
