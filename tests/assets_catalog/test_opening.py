"""A run opens the catalog that it is locked to, or none, wherever it lies; what was added since is left out."""

from pathlib import Path

import pytest

from assets_catalog.opening import absolute, open_catalog, open_locked
from schemas.errors import CatalogError


def test_the_locked_catalog_is_opened() -> None:
    builtin = open_catalog("builtin")
    assert open_locked(builtin.lock(), "builtin").records == builtin.records


def test_another_catalog_is_refused_with_the_assets_that_differ() -> None:
    lock = open_catalog("builtin").lock()
    first = min(lock.assets)
    changed = {**lock.assets, first: "0" * 64, "builtin/throne-01": "0" * 64}
    with pytest.raises(CatalogError, match=rf"is not the one of the run's record.* {first}; builtin/throne-01$"):
        open_locked(lock.model_copy(update={"assets": changed}), "builtin")


def test_who_says_no_place_is_asked_for_it() -> None:
    lock = open_catalog("builtin").lock().model_copy(update={"catalog": "mine"})
    with pytest.raises(CatalogError, match="made from a catalog called 'mine': say where it lies, --catalog DIR"):
        open_locked(lock, "builtin")


def test_what_was_added_since_is_left_out() -> None:
    lock = open_catalog("builtin").lock()
    (newest, _), *older = sorted(lock.assets.items(), reverse=True)
    opened = open_locked(lock.model_copy(update={"assets": dict(older)}), "builtin")
    assert newest not in opened.records
    assert opened.lock().assets == dict(older)


def test_a_place_means_the_same_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert absolute("mine") == str(tmp_path / "mine")
    assert [absolute(place) for place in ("builtin", "s3://bucket/mine")] == ["builtin", "s3://bucket/mine"]
