"""The command writes its sheet where it was asked to, and nowhere else."""

import os
from pathlib import Path

import pytest

from ray_cluster.commands import catalog_sheet
from ray_cluster.pictures import Picture
from schemas.errors import OutputError


def test_what_is_no_regular_file_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        catalog_sheet, "pictures", lambda location, catalog, records: (Picture(r, None) for r in records)
    )
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OutputError, match="it is a FIFO"):
        list(catalog_sheet.run("builtin", ["chair"], tmp_path / "pipe", columns=8, most=1))
    assert (tmp_path / "pipe").is_fifo()
    (told,) = catalog_sheet.run("builtin", ["chair"], tmp_path / "sheet.png", columns=8, most=1)
    assert told == f"wrote {tmp_path / 'sheet.png'}"
    assert (tmp_path / "sheet.png").read_bytes().startswith(b"\x89PNG")
