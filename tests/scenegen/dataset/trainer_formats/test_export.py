"""An export goes on wherever it was cut off, shows no half file, stays in its folder, and says why it can't be."""

import fcntl
import shutil
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from scenegen.dataset.footer import unit_footer
from scenegen.dataset.reader import committed_units, open_triplets
from scenegen.dataset.records import read_record
from scenegen.dataset.trainer_formats import TRAINER_FORMATS
from scenegen.dataset.trainer_formats.export import Asked, Job, export_dataset, here
from scenegen.dataset.triplets import triplets_file
from schemas.errors import DatasetError, InputError, OutputError
from schemas.run_record import RunRecord

AT = "/data/pairs"


def asked(name: str, **choices: object) -> Asked:
    at = AT if TRAINER_FORMATS[name].absolute else None
    return Asked(name, **{"at": at} | choices)  # type: ignore[arg-type]


def content(folder: Path) -> dict[str, bytes]:
    """Returns all files of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def stamps(folder: Path) -> dict[str, int]:
    """Returns when each file was last written."""
    return {str(path.relative_to(folder)): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


class Killed(BaseException):
    """As SIGKILL: nothing of ours catches it."""


@pytest.fixture(scope="module")
def whole_of(stored: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], dict[str, bytes]]:
    """What an undisturbed export holds, by format; each is made once."""

    @cache
    def made(name: str) -> dict[str, bytes]:
        dest = tmp_path_factory.mktemp("whole") / "dest"
        export_dataset(stored, dest, asked(name))
        return content(dest)

    return made


@pytest.mark.parametrize("after", [0, 1, 4, 13])
@pytest.mark.parametrize("name", TRAINER_FORMATS)
def test_a_killed_export_goes_on_and_writes_nothing_anew(
    name: str,
    after: int,
    stored: Path,
    whole_of: Callable[[str], dict[str, bytes]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole, renames = whole_of(name), iter(range(after))
    renamed = Path.replace

    def dies(path: Path, target: Path) -> Path:
        if next(renames, None) is None:
            monkeypatch.setattr(Path, "unlink", lambda path, missing_ok=False: None)  # nor does the dead clear up
            raise Killed
        return renamed(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", dies)
        with pytest.raises(Killed):
            export_dataset(stored, tmp_path / "dest", asked(name))
    monkeypatch.undo()
    half, written = content(tmp_path / "dest"), stamps(tmp_path / "dest")
    finished = {path: data for path, data in half.items() if not path.endswith(".part")}
    assert len(finished) == after
    assert finished.items() <= whole.items()
    export_dataset(stored, tmp_path / "dest", asked(name))
    assert content(tmp_path / "dest") == whole
    assert {path: stamps(tmp_path / "dest")[path] for path in finished} == {path: written[path] for path in finished}


@pytest.mark.parametrize("name", TRAINER_FORMATS)
def test_a_second_export_touches_nothing(name: str, stored: Path, tmp_path: Path) -> None:
    export_dataset(stored, tmp_path / "dest", asked(name))
    before = stamps(tmp_path / "dest")

    def none(jobs: Sequence[Job]) -> Iterator[int]:
        assert not jobs
        return here(jobs)

    exported = export_dataset(stored, tmp_path / "dest", asked(name), none)
    assert exported.there_before == sum(exported.rows.values()) == 24
    assert stamps(tmp_path / "dest") == before


def test_files_that_were_lost_or_cut_come_back(stored: Path, tmp_path: Path) -> None:
    export_dataset(stored, tmp_path / "dest", asked("imagefolder"))
    whole = content(tmp_path / "dest")
    first, second, *_ = sorted((tmp_path / "dest/train/edited_image").iterdir())
    first.unlink()
    second.write_bytes(b"")
    (tmp_path / "dest/train/metadata.jsonl").write_text("{}")
    assert export_dataset(stored, tmp_path / "dest", asked("imagefolder")).there_before < 24
    assert content(tmp_path / "dest") == whole


def test_units_that_are_committed_later_are_added(stored: Path, tmp_path: Path) -> None:
    half = Path(shutil.copytree(stored, tmp_path / "half"))
    committed_units(half)[2].unlink()
    export_dataset(half, tmp_path / "dest", asked("musubi"))
    assert export_dataset(stored, tmp_path / "dest", asked("musubi")).there_before == 20
    export_dataset(stored, tmp_path / "whole", asked("musubi"))
    assert content(tmp_path / "dest") == content(tmp_path / "whole")


def test_progress_ends_with_all_rows(stored: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    export_dataset(stored, tmp_path / "dest", asked("raw"), on_rows=lambda done, total: told.append((done, total)))
    assert told == [(4 * part, 24) for part in range(7)]


@pytest.mark.parametrize("field", ["sample_id", "frame_id"])
@pytest.mark.parametrize("name", ["../../../mine", "/tmp/mine", "..", "", "a/b", "a.b", ".hidden", "a\nb", "x" * 300])
def test_a_name_in_the_data_leads_nowhere_else(field: str, name: str, stored: Path, tmp_path: Path) -> None:
    out = Path(shutil.copytree(stored, tmp_path / "in" / "out"))
    path = committed_units(out)[0]
    rows = open_triplets(out)
    triplets = [replace(rows.stored(index), **{field: name}) for index in range(4)]  # type: ignore[arg-type]
    path.write_bytes(triplets_file(triplets, unit_footer(path).metadata()))
    for trainer_format in TRAINER_FORMATS:
        dest = tmp_path / "in" / trainer_format
        if (field, trainer_format) == ("sample_id", "raw"):
            continue  # it has none
        with pytest.raises(DatasetError, match=r"can't be the name of a file|has no frame"):
            export_dataset(out, dest, asked(trainer_format))
        assert {entry.name for entry in dest.iterdir()} <= {".scenegen", "train", "val"}
    assert {entry.name for entry in tmp_path.iterdir()} == {"in"}


def test_a_split_with_a_strange_name_is_refused(stored: Path, tmp_path: Path) -> None:
    out = Path(shutil.copytree(stored, tmp_path / "out"))
    (out / "triplets/train").rename(out / "triplets/.parts")
    with pytest.raises(DatasetError, match=r"the split '.parts' can't be the name of a file"):
        export_dataset(out, tmp_path / "dest", asked("imagefolder"))
    assert not (tmp_path / "dest").exists()


def test_a_folder_of_somebody_else_is_left_alone(stored: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/thesis.txt").write_text("mine")
    with pytest.raises(OutputError, match=r"mine is not empty and holds no export of ours: thesis\.txt"):
        export_dataset(stored, tmp_path / "mine", asked("imagefolder"))
    with pytest.raises(OutputError, match=r"thesis\.txt is no folder"):
        export_dataset(stored, tmp_path / "mine/thesis.txt", asked("imagefolder"))
    assert content(tmp_path / "mine") == {"thesis.txt": b"mine"}
    (tmp_path / "empty").mkdir()
    export_dataset(stored, tmp_path / "empty", asked("imagefolder"))


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (Asked("diffsynth"), 'format: "imagefolder" there, "diffsynth" asked for'),
        (Asked("imagefolder", tasks=["depth"]), r'tasks: null there, \["depth"\] asked for'),
        (Asked("imagefolder", split="val"), 'split: null there, "val" asked for'),
        (Asked("imagefolder", where=("recipe=ball",)), r'where: \[\] there, \["recipe=ball"\] asked for'),
    ],
)
def test_another_export_is_not_mixed_in(other: Asked, said: str, stored: Path, tmp_path: Path) -> None:
    export_dataset(stored, tmp_path / "dest", asked("imagefolder"))
    before = content(tmp_path / "dest")
    with pytest.raises(OutputError, match=f"holds another export: {said}; give a new folder"):
        export_dataset(stored, tmp_path / "dest", other)
    assert content(tmp_path / "dest") == before


def test_another_run_and_another_place_are_not_mixed_in(
    stored: Path,
    new_record: Callable[..., RunRecord],
    new_dataset: Callable[[Path, RunRecord], Path],
    tmp_path: Path,
) -> None:
    export_dataset(stored, tmp_path / "dest", asked("omnigen2"))
    other = new_dataset(tmp_path / "other", new_record(seed=6))
    assert read_record(other) != read_record(stored)
    with pytest.raises(OutputError, match='run: "'):
        export_dataset(other, tmp_path / "dest", asked("omnigen2"))
    with pytest.raises(OutputError, match='at: "/data/pairs" there, "/elsewhere" asked for'):
        export_dataset(stored, tmp_path / "dest", asked("omnigen2", at="/elsewhere"))


def test_one_process_exports_into_a_folder_at_a_time(stored: Path, tmp_path: Path) -> None:
    export_dataset(stored, tmp_path / "dest", asked("imagefolder"))
    with (tmp_path / "dest/.scenegen/export.json").open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(OutputError, match="another process exports there"):
            export_dataset(stored, tmp_path / "dest", asked("imagefolder"))


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Asked("webdatset"), r"no format 'webdatset' \(did you mean 'webdataset'\?\); allowed: imagefolder, "),
        (Asked("raw", tasks=["depht"]), r"no task 'depht' \(did you mean 'depth'\?\)"),
        (Asked("raw", split="vall"), r"no split 'vall' \(did you mean 'val'\?\)"),
        (Asked("raw", where=("recipe=street",)), "has no row of what is asked for"),
        (Asked("raw", where=("recip=ball",)), r"no column 'recip' \(did you mean 'recipe'\?\); allowed: sample_id, "),
        (Asked("raw", where=("width_px=wide",)), "'width_px' holds int32, and 'wide' is none"),
        (Asked("raw", where=("depth",)), "'depth' is no condition; write COLUMN=VALUE"),
        (Asked("raw", at="/x"), "at: raw names its files relative to themselves"),
        (Asked("musubi", at="x"), "at: 'x' must be an absolute path"),
    ],
)
def test_what_can_not_be_is_told_in_one_line_and_makes_no_folder(
    choice: Asked, said: str, stored: Path, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=said):
        export_dataset(stored, tmp_path / "dest", choice)
    assert not (tmp_path / "dest").exists()


def test_a_folder_within_the_dataset_and_a_bucket_are_no_places_for_it(stored: Path) -> None:
    with pytest.raises(OutputError, match="lies in the dataset"):
        export_dataset(stored, stored / "pairs", asked("imagefolder"))
    with pytest.raises(OutputError, match=r"s3://bucket/pairs is no folder of this machine"):
        export_dataset(stored, "s3://bucket/pairs", asked("imagefolder"))


def test_frames_that_are_not_kept_can_not_be_exported(
    new_record: Callable[..., RunRecord], new_dataset: Callable[[Path, RunRecord], Path], tmp_path: Path
) -> None:
    out = new_dataset(tmp_path / "out", new_record(keep_frames=False))
    with pytest.raises(InputError, match="keeps no frames"):
        export_dataset(out, tmp_path / "dest", asked("raw"))
    export_dataset(out, tmp_path / "dest", asked("imagefolder"))


def test_a_disk_that_refuses_is_one_line(stored: Path, tmp_path: Path) -> None:
    dest = tmp_path / "dest"
    export_dataset(stored, dest, asked("imagefolder"))
    shutil.rmtree(dest / "train")
    (dest / "train").write_text("")
    with pytest.raises(OutputError, match=r"train/input_image/.*\.png can't be written: Not a directory"):
        export_dataset(stored, dest, asked("imagefolder"))


def test_damage_in_the_dataset_is_named_and_leaves_no_half(stored: Path, tmp_path: Path) -> None:
    out = Path(shutil.copytree(stored, tmp_path / "out"))
    path = committed_units(out)[0]
    damaged = bytearray(path.read_bytes())
    damaged[damaged.index(b"IDAT") + 40] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(DatasetError, match=r"unit-00000000\.parquet.*CRC"):
        export_dataset(out, tmp_path / "dest", asked("webdataset"))
    assert not list((tmp_path / "dest").rglob("*.tar"))


def toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text())


def yml(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text()))


PATHS: dict[str, Callable[[Path], str]] = {
    "musubi": lambda folder: str(toml(folder / "dataset.toml")["datasets"][0]["image_jsonl_file"]),
    "omnigen2": lambda folder: str(yml(folder / "data.yml")["data"][0]["path"]),
    "ai-toolkit": lambda folder: str(yml(folder / "job.yaml")["config"]["process"][0]["datasets"][0]["control_path"]),
}


@pytest.mark.parametrize("at", ['/data/"quoted" \\ back', "/data/Zürich 雪", "/data/%s {x} # & : - 'y'"])
@pytest.mark.parametrize("name", PATHS)
def test_a_path_of_any_letters_survives(name: str, at: str, stored: Path, tmp_path: Path) -> None:
    export_dataset(stored, tmp_path / "dest", asked(name, at=at))
    assert PATHS[name](tmp_path / "dest" / "train").startswith(f"{at}/train/")
