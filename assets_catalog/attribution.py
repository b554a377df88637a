"""Attribution: who made the assets of a dataset, and under which licence, as Markdown for OUT/ATTRIBUTION.md.

Licences of the CC-BY family ask for the creator, the licence and its address wherever the work is shown.
"""

from collections.abc import Iterable
from itertools import groupby

from assets_catalog.record import AssetRecord

LICENSE_ADDRESSES = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-3.0": "https://creativecommons.org/licenses/by/3.0/",
    "CC-BY-3.0-US": "https://creativecommons.org/licenses/by/3.0/us/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "Apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
}


def attribution(records: Iterable[AssetRecord]) -> str:
    """Returns Markdown that credits every record, by licence, source and creator; the same for any order of records."""
    ordered = sorted({record.asset_id: record for record in records}.values(), key=_credit_key)
    blocks = ["# Attribution", "The pictures show these 3D models. They were scaled, placed, lit and rendered."]
    for (license_id, source), of_source in groupby(ordered, key=lambda record: (record.license, record.source)):
        blocks.append(f"## {_escaped(source)}\n\nLicence: {_license_link(license_id)}")
        blocks.append("\n".join(_credit(creator, list(own)) for creator, own in groupby(of_source, key=_creator)))
    if not ordered:
        blocks.append("None that asks for it: no asset was used.")
    return "\n\n".join(blocks) + "\n"


def _credit_key(record: AssetRecord) -> tuple[str, str, str, str]:
    return record.license, record.source, record.creator, record.asset_id


def _creator(record: AssetRecord) -> str:
    return record.creator


def _credit(creator: str, records: list[AssetRecord]) -> str:
    models = ", ".join(f"{_escaped(record.label)} (`{record.asset_id.replace('`', '')}`)" for record in records)
    return f"- {_escaped(creator)}: {models}"


def _license_link(license_id: str) -> str:
    address = LICENSE_ADDRESSES.get(license_id)
    return f"[{license_id}]({address})" if address else _escaped(license_id)


def _escaped(text: str) -> str:
    """Returns text of a catalog as plain text: no markup, one line."""
    plain = " ".join(text.split())
    return "".join(f"\\{mark}" if mark in "\\`*_[]<>#|" else mark for mark in plain)
