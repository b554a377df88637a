"""Attribution: every asset is credited once, and no name can break the page."""

from collections.abc import Iterable

import pytest

from assets_catalog.attribution import attribution
from assets_catalog.record import AssetRecord, Entry
from tests.catalogs import record_of, texture_of


def _record(name: str, creator: str, license_id: str = "CC-BY-3.0") -> AssetRecord:
    return record_of(f"shop/{name}", label=name, license=license_id, creator=creator, source="Shop 1.0")


def _credited(records: Iterable[Entry]) -> str:
    return attribution({record.asset_id: record for record in records})


def test_creator_licence_and_its_address_are_named_for_every_asset() -> None:
    text = _credited([_record("oak chair", "Ann"), _record("stool", "Bob", "CC0-1.0")])
    for wanted in (
        "Ann",
        "oak chair",
        "`shop/stool`",
        "Bob",
        "https://creativecommons.org/licenses/by/3.0/",
        "CC0-1.0",
    ):
        assert wanted in text


def test_the_order_of_the_records_does_not_matter_nor_repeats() -> None:
    records = [_record("a", "Ann"), _record("b", "Bob"), _record("c", "Ann")]
    assert _credited(records) == _credited([*reversed(records), records[0]])


def test_one_line_for_each_creator() -> None:
    text = _credited([_record("a", "Ann"), _record("b", "Bob"), _record("c", "Ann")])
    assert text.count("- Ann") == 1


def test_markup_in_names_stays_text() -> None:
    text = _credited([_record("chair", "<script>[x](y)\n# z")])
    assert "<script>" not in text.replace("\\<", "")
    assert "[x]" not in text.replace("\\[", "")
    assert "\n# z" not in text


def test_no_name_speaks_to_a_terminal_that_shows_the_file() -> None:
    text = _credited([_record("chair", "Ann\x1b[31m\u202e")])
    assert "- Ann?\\[31m?: " in text


def test_no_assets_need_no_credit() -> None:
    assert "no asset was used" in _credited([])


def test_a_licence_that_the_user_stated_is_told_apart() -> None:
    stated = _record("own", "Ann").model_copy(update={"license_is_override": True})
    text = _credited([_record("theirs", "Ann"), stated])
    assert text.count("stated by the user") == 1
    before, _, after = text.partition("stated by the user")
    assert "theirs" in before
    assert "own" not in before
    assert "own" in after


@pytest.mark.parametrize(
    ("license_id", "words"),
    [
        ("MIT", "[MIT](https://spdx.org/licenses/MIT.html)"),
        ("LicenseRef-studio", "Licence: LicenseRef-studio"),
        ("MIT OR CC0-1.0", "Licence: MIT OR CC0-1.0"),
    ],
)
def test_other_licences_have_spdx_s_address_and_own_ones_none(license_id: str, words: str) -> None:
    assert words in _credited([_record("chair", "Ann", license_id)])


def test_textures_are_credited_as_models_are() -> None:
    texture = texture_of("walls/brick", label="red brick", creator="Eve")
    assert "- Eve: red brick (`walls/brick`)" in _credited([texture, _record("chair", "Ann")])
