"""Licences are SPDX's, or named as one's own."""

import pytest

from assets_catalog.licenses import spdx_license
from schemas.errors import CatalogError


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("CC0-1.0", "CC0-1.0"),
        ("cc-by-4.0", "CC-BY-4.0"),
        ("CC-BY-3.0 OR GPL-2.0-only", "CC-BY-3.0 OR GPL-2.0-only"),
        ("GPL-2.0-or-later WITH Classpath-exception-2.0", "GPL-2.0-or-later WITH Classpath-exception-2.0"),
        ("LicenseRef-studio-42", "LicenseRef-studio-42"),
        ("LicenseRef-studio-42 AND MIT", "LicenseRef-studio-42 AND MIT"),
    ],
)
def test_a_licence_is_spelt_as_spdx_spells_it(given: str, kept: str) -> None:
    assert spdx_license(given) == kept


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("CC-BY", "did you mean 'CC-BY-"),
        ("", "no licence"),
        ("free for all", "no SPDX id"),
        ("MIT OR", "can't be read"),
        ("(MIT", "can't be read"),
        ("MIT/X11", "can't be read"),
        ("LicenseRef-../x", "can't be read"),
        ("A" * 10_000, "a licence of 10000 characters"),
        ("MIT AND Foo", "'Foo' is no SPDX id"),
    ],
)
def test_what_is_no_licence_is_told_in_a_line(given: str, words: str) -> None:
    with pytest.raises(CatalogError) as told:
        spdx_license(given)
    assert words in str(told.value)
    assert len(str(told.value).splitlines()) == 1
