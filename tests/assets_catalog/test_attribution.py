"""Attribution: every asset is credited once, and no name can break the page."""

from assets_catalog.attribution import attribution
from assets_catalog.record import AssetRecord


def _record(name: str, creator: str, license_id: str = "CC-BY-3.0") -> AssetRecord:
    return AssetRecord(
        asset_id=f"shop/{name}",
        label=name,
        class_name="chair",
        size_m=(0.5, 0.5, 0.9),
        placement="floor",
        license=license_id,
        creator=creator,
        source="Shop 1.0",
        sha256="0" * 64,
    )


def test_creator_licence_and_its_address_are_named_for_every_asset() -> None:
    text = attribution([_record("oak chair", "Ann"), _record("stool", "Bob", "CC0-1.0")])
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
    assert attribution(records) == attribution([*reversed(records), records[0]])


def test_one_line_for_each_creator() -> None:
    text = attribution([_record("a", "Ann"), _record("b", "Bob"), _record("c", "Ann")])
    assert text.count("- Ann") == 1


def test_markup_in_names_stays_text() -> None:
    text = attribution([_record("chair", "<script>[x](y)\n# z")])
    assert "<script>" not in text.replace("\\<", "")
    assert "[x]" not in text.replace("\\[", "")
    assert "\n# z" not in text


def test_no_assets_need_no_credit() -> None:
    assert "no asset was used" in attribution([])
