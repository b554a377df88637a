"""A survey takes what can be taken, drops the rest with reasons, and outlives whoever reads for it."""

import os
import signal
from pathlib import Path

import pytest

from assets_catalog.taxonomy import load_taxonomy
from scenegen.ingest import hypersim, vkitti2
from scenegen.ingest.asked import Asked
from scenegen.ingest.finished import Placed
from scenegen.ingest.ingester import Found
from scenegen.ingest.survey import survey
from schemas.errors import InputError
from schemas.frame import Shot
from schemas.run_spec import GateSpec


class Deadly(Asked):
    """Dies of one frame, as a library would."""

    def shot(self, found: Found, placed: Placed) -> Shot:
        if found.name == "1.hdf5":
            os.kill(os.getpid(), signal.SIGSEGV)
        return super().shot(found, placed)


def test_frames_that_are_off_are_dropped_with_reasons_that_are_counted(own: Path) -> None:
    for name in ("2.hdf5", "3.hdf5"):
        (own / name).write_bytes(b"no HDF5")
    surveyed = survey(Asked("blenderproc", own, {}, GateSpec()), "CC0-1.0", 2)
    ingested = surveyed.ingested
    assert surveyed.frames == 2
    assert surveyed.sizes == {(160, 112): 2}
    assert [each.name for each in ingested.dropped] == ["2.hdf5", "3.hdf5"]
    assert ingested.reasons() == {"no HDF5 file, or cut short": 2}
    assert ingested.mended == {"normal averaged: the slope of the depth where it has one": 2265}
    assert (ingested.license, ingested.name, ingested.lacking) == ("CC0-1.0", "frames", ("scene", "classes"))
    again = survey(Asked("blenderproc", own, {}, GateSpec()), "CC0-1.0", 1).ingested
    assert again == ingested
    (own / "cameras.json").write_text((own / "cameras.json").read_text() + " ")
    assert survey(Asked("blenderproc", own, {}, GateSpec()), "", 1).ingested.content_sha256 != ingested.content_sha256


def test_a_frame_that_kills_its_reader_is_dropped_and_costs_no_other(own: Path) -> None:
    (own / "2.hdf5").write_bytes((own / "0.hdf5").read_bytes())
    surveyed = survey(Deadly("blenderproc", own, {}, GateSpec()), "", 2)
    assert surveyed.frames == 2
    assert surveyed.ingested.reasons() == {"the process that read it died": 1}
    assert [each.name for each in surveyed.ingested.dropped] == ["1.hdf5"]


def test_a_folder_without_a_sound_frame_is_refused(own: Path) -> None:
    for name in ("0.hdf5", "1.hdf5"):
        (own / name).write_bytes(b"no HDF5")
    with pytest.raises(InputError, match=r"none of 2 frames can be taken; 0\.hdf5: no HDF5 file, or cut short"):
        survey(Asked("blenderproc", own, {}, GateSpec()), "", 1)


def test_an_unknown_source_has_a_nearest(own: Path) -> None:
    with pytest.raises(InputError, match=r"no source 'blendproc' \(did you mean 'blenderproc'\?\); sources: "):
        Asked("blendproc", own, {}, GateSpec()).found()


@pytest.mark.parametrize("classes", [hypersim.CLASSES, vkitti2.CLASSES])
def test_classes_that_sources_name_are_in_the_taxonomy(classes: dict[str, str]) -> None:
    assert set(classes.values()) <= set(load_taxonomy().classes)
