"""A run opens the catalog that it is locked to, or none."""

import pytest

from assets_catalog.opening import open_catalog, open_locked
from schemas.errors import CatalogError


def test_the_locked_catalog_is_opened() -> None:
    builtin = open_catalog("builtin")
    assert open_locked(builtin.lock()).records == builtin.records


def test_another_catalog_is_refused_with_the_assets_that_differ() -> None:
    lock = open_catalog("builtin").lock()
    changed = {**lock.assets, "builtin/bed-01": "0" * 64, "builtin/throne-01": "0" * 64}
    with pytest.raises(CatalogError, match=r"is not the one of the run's record.* builtin/bed-01; builtin/throne-01$"):
        open_locked(lock.model_copy(update={"assets": changed}))
