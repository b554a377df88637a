"""`--frames +N` appends to a run, behind what is there and stays to the byte; all of it is read as one dataset."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assets_catalog.catalog import Catalog
from assets_catalog.opening import open_catalog
from ray_cluster.cli import app
from ray_cluster.commands import encode, generate
from ray_cluster.events import Lease, OnEvent
from ray_cluster.generations import More, asked_for, check_splits
from ray_cluster.limits import WorkerLimits
from ray_cluster.orphans import orphans
from ray_cluster.run_folder import open_out, pending_units
from ray_cluster.status import run_status
from ray_cluster.totals import Totals
from ray_cluster.worker import Job, Worker
from scenegen.dataset.checks.draw import Draw
from scenegen.dataset.digest import dataset_digest
from scenegen.dataset.reader import committed_units, open_triplets
from scenegen.dataset.records import planned_unit, read_records
from scenegen.dataset.stats.distributions import distributions
from scenegen.dataset.validate import validate
from schemas.errors import CatalogError, DatasetError, InputError, OutputError
from schemas.run_record import RunRecord
from schemas.unit import Unit

SMALL = (
    "camera={width_px: 48, height_px: 48}",
    "recipe=primitives",
    "catalog=builtin",
    "render.renderer=analytic",
    "views_per_scene=2",
    "scenes_per_unit=2",
    "splits={train: 0.5, val: 0.5, test: 0}",
)
DEPTH = (*SMALL, "tasks=[depth]")
Made = Callable[..., list[str]]


@pytest.fixture(autouse=True)
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Made:
    """Runs the command in this process, without Ray; `most` units at most."""
    limit: list[int | None] = [None]

    def make_units(
        record: RunRecord, out: Path, location: str, workers: int | None, on_event: OnEvent, **more: object
    ) -> Totals:
        open_out(out, record)
        frames = str(more.get("frames", "scenegen.produce:open_frames"))
        worker = Worker(Job(record, out.absolute(), frames, location, 1, WorkerLimits()), tmp_path / "logs")
        for unit in pending_units(out, record)[: limit[0]]:
            for _ in [*worker.make(Lease(unit)), *worker.finish()]:
                pass
        if limit[0] is not None:
            raise KeyboardInterrupt
        return Totals()

    monkeypatch.setattr(generate, "make_units", make_units)
    monkeypatch.setattr(encode, "make_units", make_units)

    def make(out: Path, frames: str | None, *overrides: str, generation: int | None = None, most: int | None = None):  # type: ignore[no-untyped-def]  # see Made
        limit[0] = most
        return generate.run("quickstart", out, overrides, more=asked_for(frames, generation))

    return make


def hashes(out: Path) -> dict[str, str]:
    """Returns the digests of what a generation must not touch: all but papers, ledger and marks."""
    files = [path for path in out.rglob("*") if path.is_file() and path.parent not in {out / "ledger", out}]
    return {path.relative_to(out).as_posix(): sha256(path.read_bytes()).hexdigest() for path in files}


def units(out: Path) -> list[str]:
    return [path.stem for path in committed_units(out)]


def test_what_is_appended_is_what_a_longer_run_would_have_made(tmp_path: Path, made: Made) -> None:
    long, out = tmp_path / "long", tmp_path / "out"
    made(long, None, *DEPTH, "scenes=6")
    made(out, None, *DEPTH, "scenes=2")
    before, first_digest = hashes(out), dataset_digest(out)
    told = made(out, "+8", *DEPTH)
    assert told[0] == f"{out} holds 12 frames, 12 triplets"
    assert before.items() < hashes(out).items()
    assert dataset_digest(out) != first_digest
    assert units(out) == units(long) == ["unit-00000000", "unit-00000001", "unit-00000002"]
    for ours, theirs in zip(open_triplets(out), open_triplets(long), strict=True):
        assert (ours.frame_id, ours.split, ours.prompt) == (theirs.frame_id, theirs.split, theirs.prompt)
        assert (ours.target_rgb == theirs.target_rgb).all()
    report = validate(out)
    assert (report.ok, report.frames) == (True, 12), report.faults
    status = run_status(out)
    assert (status.generations, status.total.frames, status.total.frames_planned) == (1, 12, 12)
    assert orphans(out, -60) == []


def test_the_same_command_resumes_a_generation_until_it_has_ended_and_then_appends_another(
    tmp_path: Path, made: Made
) -> None:
    out = tmp_path / "out"
    made(out, None, *DEPTH, "scenes=2")
    with pytest.raises(KeyboardInterrupt):
        made(out, "+8", *DEPTH, most=1)
    assert units(out) == ["unit-00000000", "unit-00000001"]
    with pytest.raises(OutputError, match=r"another generation 1: spec.seed: 0 there, 1 asked for; --generation 2 app"):
        made(out, "+8", *DEPTH, "seed=1")
    before = hashes(out)
    made(out, "+8", *DEPTH)
    assert before.items() < hashes(out).items()
    assert len(units(out)) == 3
    (out / "generations/1.ended").unlink()  # as a kill before the end of the papers leaves it
    made(out, "+8", *DEPTH)
    assert len(units(out)) == 3
    made(out, "+8", *DEPTH, generation=1)
    assert len(units(out)) == 3
    made(out, "+4", *DEPTH, "seed=1")
    assert len(units(out)) == 4
    made(out, None, *DEPTH, "scenes=2")
    assert len(units(out)) == 4
    records = read_records(out)
    assert [record.spec.seed for record in records] == [0, 0, 1]
    scenes = [planned_unit(records, index) for index in range(5)]
    assert [(unit.scene_start, unit.scene_stop) for unit in scenes if unit] == [(0, 2), (2, 4), (4, 6), (6, 8)]
    assert len({triplet.scene_id for triplet in open_triplets(out)}) == 8


def test_generations_of_other_tasks_and_catalogs_are_read_as_one_dataset(tmp_path: Path, made: Made) -> None:
    out = tmp_path / "out"
    made(out, None, *DEPTH, "scenes=2")
    made(out, "+2", *SMALL, "tasks=[normals]", "scenes_per_unit=1", "keep_frames=false", "truth.glass=through")
    assert [len(open_triplets(out, task=task)) for task in ("depth", "normals")] == [4, 2]
    assert validate(out).ok
    assert distributions(out).frames == 6
    card = (out / "README.md").read_text()
    assert "Unit 1 were appended" not in card
    assert "Unit 1 was appended: of each frame 1 normals." in card
    assert "- Unit 0: Window panes, glass and mirrors are surfaces" in card
    told = CliRunner().invoke(app, ["preview", str(out), "--output", str(tmp_path / "sheet.png")])
    assert told.exit_code == 0, told.output
    drawn = validate(out, draw=Draw(0.5)).sample
    assert drawn is not None
    assert (drawn.frames, drawn.units) == (3, 2)
    (out / "generations/1.json").unlink()
    assert any("foreign" in str(fault) for fault in validate(out).faults)


def test_encoding_follows_the_generations_of_its_source(tmp_path: Path, made: Made) -> None:
    out, encoded = tmp_path / "out", tmp_path / "encoded"
    made(out, None, *DEPTH, "scenes=2")
    encode.run(out, encoded, ["tasks=[normals]"])
    before = hashes(encoded)
    made(out, "+4", *DEPTH, "seed=3")
    assert encode.run(out, encoded, ["tasks=[normals]"])[0] == f"{encoded} holds 8 frames, 8 triplets"
    assert before.items() < hashes(encoded).items()
    report = validate(encoded, frames=out)
    assert (report.ok, report.triplets) == (True, 8), report.faults
    assert [record.frames_from for record in read_records(encoded)] == [each.digest() for each in read_records(out)]


def test_a_run_that_is_not_whole_is_not_appended_to_unless_the_generation_is_named(tmp_path: Path, made: Made) -> None:
    out = tmp_path / "out"
    with pytest.raises(InputError, match="no directory"):
        made(out, "+2", *DEPTH)
    with pytest.raises(KeyboardInterrupt):
        made(out, None, *DEPTH, "scenes=4", most=1)
    with pytest.raises(InputError, match="1 units of its run are still to be made"):
        made(out, "+2", *DEPTH)
    made(out, "+2", *DEPTH, generation=1)
    assert units(out) == ["unit-00000000", "unit-00000002"]
    with pytest.raises(InputError, match=r"--generation 3: .* has 1, so the next is 2"):
        made(out, "+2", *DEPTH, generation=3)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--frames", "10"], "--frames 10: must be +N"),
        (["--frames", "+0"], "--frames +0: must be +N"),
        (["--generation", "2"], "--generation 2: say how many frames it has"),
        (["--frames", "+5"], "--frames +5: a scene gives 2 frames; give +4 or +6"),
        (["--frames", "+1"], "--frames +1: a scene gives 2 frames; give +2"),
        (["--frames", "+2000002"], "allowed are 1000000 in a generation"),
    ],
)
def test_what_cannot_be_appended_is_one_line(options: list[str], words: str, tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["generate", "quickstart", str(tmp_path / "out"), *options])
    assert told.exit_code == 2
    assert words in told.stderr
    assert len(told.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_records_that_do_not_follow_each_other_are_refused(tmp_path: Path, made: Made) -> None:
    out = tmp_path / "out"
    made(out, None, *DEPTH, "scenes=2")
    made(out, "+4", *DEPTH)
    (out / "generations/1.json").rename(out / "generations/2.json")
    with pytest.raises(DatasetError, match=r"2\.json does not follow .*run\.json, as generation 1 must"):
        read_records(out)


def test_a_catalog_that_moves_an_asset_to_another_split_is_refused(tmp_path: Path) -> None:
    builtin = open_catalog("builtin")
    name = min(builtin.records)
    shown = {name: {**SHOWN, "split": "val"}}
    (tmp_path / "assets.json").write_text(json.dumps(shown))
    moved = Catalog.of("builtin", [builtin.records[name].model_copy(update={"split": "train"})], builtin.load_mesh)
    with pytest.raises(CatalogError, match=f"moves assets between splits .*: {name} from val to train"):
        check_splits(tmp_path, moved)
    (tmp_path / "assets.json").write_text(json.dumps({name: SHOWN}))
    check_splits(tmp_path, moved)


SHOWN = {
    "kind": "model",
    "label": "chair",
    "class_name": "chair",
    "license": "CC0-1.0",
    "creator": "Ada",
    "source": "here",
    "sha256": "0" * 64,
}


def test_the_frames_asked_for_are_scenes(record: RunRecord) -> None:
    assert More(6).scenes(record.spec) == 3
    assert record.model_dump(mode="json").keys() == json.loads(record.model_dump_json()).keys()
    assert "appended" not in record.model_dump(mode="json")  # so that the digests of other runs are what they were


def test_units_know_their_generation_by_their_number(record: RunRecord, tmp_path: Path) -> None:
    open_out(tmp_path, record)
    found = [planned_unit(read_records(tmp_path), index) for index in (0, 5, 6)]
    assert [unit and unit.index for unit in found] == [0, 5, None]
    assert all(isinstance(unit, Unit | None) for unit in found)
