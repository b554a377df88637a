"""`scenegen encode`: new triplets from stored frames, pictures untouched, the same bytes however they are made."""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assets_catalog.opening import open_catalog
from ray_cluster.cli import app
from ray_cluster.commands import extra
from ray_cluster.credits import credits_of_catalog
from ray_cluster.driver import make_units
from ray_cluster.papers import write_papers
from scenegen.dataset.assets_used import read_assets_used
from scenegen.dataset.footer import UnitFooter, unit_footer
from scenegen.dataset.reader import committed_units, open_triplets
from scenegen.dataset.records import read_record
from scenegen.encoders import ENCODERS
from scenegen.recipes import RECIPES
from schemas.run_record import RunRecord
from schemas.run_spec import CameraSpec, ImageSpec, RenderSpec, RunSpec, SplitSpec
from schemas.triplet import Triplet
from schemas.unit import units_of

pytestmark = pytest.mark.usefixtures("session_ray")

Contents = Callable[[Path], dict[str, str]]
ROOT = Path(__file__).parents[2]
TASKS = tuple(ENCODERS)


@pytest.fixture(scope="module")
def src(session_ray: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three units of two frames each of furnished rooms, drawn by formula and kept as JPEGs."""
    spec = RunSpec(
        scenes=3,
        views_per_scene=2,
        recipe=next(iter(RECIPES)),
        tasks=TASKS,
        camera=CameraSpec(width_px=128, height_px=96),
        render=RenderSpec(renderer="analytic"),
        image=ImageSpec(format="jpeg"),
        splits=SplitSpec(train=0.5, val=0.5),
    )
    catalog = open_catalog("builtin")
    record = RunRecord(spec=spec, catalog_lock=catalog.lock(), versions={"scenegen": "an older one"})
    out = tmp_path_factory.mktemp("src") / "src"
    make_units(record, out, "builtin", 2, lambda event: None)
    write_papers(out, credits_of_catalog(catalog))
    return out


@pytest.fixture
def own_src(src: Path, tmp_path: Path) -> Path:
    """A copy that may be spoilt."""
    return Path(shutil.copytree(src, tmp_path / "src"))


@pytest.fixture(scope="module")
def next_epoch(src: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Encoded by one worker."""
    out = tmp_path_factory.mktemp("encoded") / "out"
    encoded(src, out, "--epoch", 1, "--workers", 1)
    return out


def encode(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["encode", *map(str, arguments)])


def encoded(*arguments: object) -> str:
    """Returns what is printed."""
    result = encode(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def refusal(result: Result, status: int) -> str:
    """Returns the one line of a refusal."""
    assert result.exit_code == status, result.output
    (line,) = (line for line in result.stderr.splitlines() if line.startswith("scenegen: "))
    if logs := line.partition("workers' logs: ")[2]:
        shutil.rmtree(Path(logs).parent)
    return line


def stored(out: Path) -> list[Triplet]:
    triplets = open_triplets(out)
    return [triplets.stored(index) for index in range(len(triplets))]


def footers(out: Path) -> list[UnitFooter]:
    return [unit_footer(path) for path in committed_units(out)]


def test_the_same_tasks_and_epoch_give_the_triplets_of_the_source(src: Path, tmp_path: Path) -> None:
    printed = encoded(src, tmp_path)
    rows, theirs = stored(tmp_path), stored(src)
    assert rows == theirs
    assert len({row.task for row in rows}) == len(TASKS)
    omitted = [footer.omitted for footer in footers(src)]
    assert [footer.omitted for footer in footers(tmp_path)] == omitted
    assert printed.startswith(f"{tmp_path} holds 6 frames, {len(rows)} triplets")
    assert f"{sum(map(len, omitted))} more were left out" in printed or not any(omitted)
    assert f"scenegen validate {tmp_path} --frames {src}" in printed


def test_another_epoch_asks_otherwise_of_the_same_pictures(src: Path, next_epoch: Path) -> None:
    ours, theirs = ({row.sample_id: row for row in stored(out)} for out in (next_epoch, src))
    both = [(ours[name], theirs[name]) for name in ours.keys() & theirs.keys()]
    assert len(both) > 0.8 * len(theirs)
    assert all(our.input_image_bytes == their.input_image_bytes for our, their in both)
    assert all(our.seed != their.seed for our, their in both)
    assert sum(our.edit_prompt != their.edit_prompt for our, their in both) > 0.9 * len(both)
    with_colors = [(our, their) for our, their in both if our.legend]
    assert with_colors
    assert all(our.target_png != their.target_png for our, their in with_colors)


def test_other_tasks_and_counts_and_parameters(src: Path, tmp_path: Path) -> None:
    options = ("--set", "triplets_per_frame.normals=2", "--set", "targets.depth={other_maps_share: 0, exponent: -2}")
    encoded(src, tmp_path, "--tasks", "normals,depth", *options)
    rows = stored(tmp_path)
    frame_ids = [name for unit in units_of(read_record(src).spec) for name in unit.frame_ids(read_record(src).spec)]
    asked = ("normals-0", "normals-1", "depth-0")
    assert [row.sample_id for row in rows] == [f"{frame_id}-{each}" for frame_id in frame_ids for each in asked]
    theirs = {row.sample_id: row for row in stored(src)}
    unchanged = [row for row in rows if row.sample_id.endswith("normals-0")]
    assert unchanged == [theirs[row.sample_id] for row in unchanged]
    assert {json.loads(row.codec_params)["lambda"] for row in rows if row.task == "depth"} == {-2}


def test_one_worker_and_two_write_the_same_bytes(
    src: Path, next_epoch: Path, tmp_path: Path, contents: Contents
) -> None:
    encoded(src, tmp_path, "--epoch", 1, "--workers", 2)
    assert contents(tmp_path) == contents(next_epoch)


def test_no_target_depends_on_the_order_in_which_python_keeps_sets(src: Path) -> None:
    command = [sys.executable, str(Path(__file__).with_name("digest_targets.py")), str(src), "12"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    said = {
        subprocess.check_output(command, env={**environment, "PYTHONHASHSEED": seed}, text=True) for seed in ("1", "2")
    }
    assert len(said) == 1


def test_the_same_command_makes_what_is_missing_and_then_nothing(
    src: Path, next_epoch: Path, tmp_path: Path, contents: Contents, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(next_epoch, out := tmp_path / "out")
    committed_units(out)[1].unlink()
    encoded(src, out, "--epoch", 1)
    assert contents(out) == contents(next_epoch)
    monkeypatch.setitem(sys.modules, "ray_cluster.fleet", None)  # importing it would raise
    moved = shutil.copytree(src, tmp_path / "moved")  # where the frames lie is no part of the run
    encoded(moved, out, "--epoch", 1)
    assert contents(out) == contents(next_epoch)


def test_what_is_made_names_its_source_and_keeps_no_frames(src: Path, next_epoch: Path) -> None:
    source, record = read_record(src), read_record(next_epoch)
    assert record.frames_from == source.digest()
    assert record.catalog_lock == source.catalog_lock
    assert record.spec == source.spec.model_copy(update={"epoch": 1, "keep_frames": False})
    assert record.versions.keys() >= {"scenegen", "numpy", "code"}
    assert not record.versions.keys() & {"bpy", "embreex", "device"}
    assert record.frames_from in (next_epoch / "README.md").read_text()
    assert sorted(os.listdir(next_epoch)) == [
        "ATTRIBUTION.md",
        "README.md",
        "assets.json",
        "ledger",
        "run.json",
        "triplets",
    ]
    for footer in footers(next_epoch):
        assert footer.run_digest == record.digest()
        assert (footer.frames_path, footer.set_aside_path, footer.rejections) == (None, None, ())


def test_assets_are_credited_as_the_source_credits_them(src: Path, next_epoch: Path) -> None:
    for name in ("ATTRIBUTION.md", "assets.json"):
        assert (next_epoch / name).read_bytes() == (src / name).read_bytes()


def test_only_what_is_used_is_credited_and_all_of_it(own_src: Path, tmp_path: Path) -> None:
    path = own_src / "assets.json"
    known = json.loads(path.read_bytes())
    path.write_text(json.dumps(known | {"shop/unused": next(iter(known.values()))}))
    encoded(own_src, tmp_path / "out")
    assert "shop/unused" not in read_assets_used(tmp_path / "out")
    first = min(known)
    path.write_text(json.dumps({name: known[name] for name in known if name != first}))
    line = refusal(encode(own_src, tmp_path / "out"), 1)
    assert f"lacks {first}" in line
    assert "give its command again" in line


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--set", "render.samples=3"], "encode can't change 'render.samples'; it may set tasks, triplets_per_frame"),
        (["--set", "epoc=3"], "encode can't change 'epoc' (did you mean 'epoch'?)"),
        (["--set", "keep_frames=true"], "encode can't change 'keep_frames'"),
        (["--set", "epoch"], "KEY=VALUE"),
        (["--tasks", "dept"], "tasks: unknown 'dept' (did you mean 'depth'?)"),
        (["--tasks", "depth,depth"], "names a task twice"),
        (["--tasks", ""], "tasks: given []"),
        (["--set", "tasks=5"], "tasks: given 5, must be a list"),
        (["--epoch", str(2**31)], "epoch: given 2147483648"),
        (["--set", "targets.depth.exponet=-2"], "did you mean 'exponent'?"),
        (["--set", "targets.depth.exponent=0"], "targets.depth.exponent: given 0"),
        (["--tasks", "depth", "--set", "triplets_per_frame.normals=2"], "'normals', which is not among tasks: depth"),
    ],
)
def test_bad_options_are_one_line_and_make_nothing(src: Path, tmp_path: Path, options: list[str], words: str) -> None:
    assert words in refusal(encode(src, tmp_path / "out", *options), 2)
    assert not (tmp_path / "out").exists()


def test_every_bad_option_has_its_line(src: Path, tmp_path: Path) -> None:
    result = encode(src, tmp_path, "--set", "seed=1", "--set", "scenes=0", "--tasks", "depht")
    assert result.exit_code == 2
    assert [line.split()[0] for line in result.stderr.splitlines()] == ["scenegen:"] * 3


@pytest.mark.parametrize("below", ["", "below", "frames"])
def test_an_out_in_the_source_is_refused(own_src: Path, contents: Contents, below: str) -> None:
    before = contents(own_src)
    assert "lies in" in refusal(encode(own_src, own_src / below), 2)
    assert contents(own_src) == before


def test_an_out_of_another_run_is_refused_and_stays(src: Path, next_epoch: Path, contents: Contents) -> None:
    before = contents(next_epoch)
    assert "holds another run: spec.epoch: 1 there, 2 asked for" in refusal(encode(src, next_epoch, "--epoch", 2), 2)
    assert contents(next_epoch) == before


def test_an_out_of_other_frames_is_refused(own_src: Path, next_epoch: Path) -> None:
    record = read_record(own_src)
    (own_src / "run.json").write_text(record.model_copy(update={"versions": {"scenegen": "2"}}).model_dump_json())
    line = refusal(encode(own_src, next_epoch, "--epoch", 1), 2)
    assert "holds another run: frames_from: " in line


def test_a_source_without_frames_is_refused(src: Path, next_epoch: Path, own_src: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert "no directory" in refusal(encode(tmp_path / "nothing", out), 2)
    (tmp_path / "empty").mkdir()
    assert "no run.json" in refusal(encode(tmp_path / "empty", out), 2)
    assert "keeps no frames: it was encoded from those of another" in refusal(encode(next_epoch, out), 2)
    shutil.rmtree(own_src / "triplets")
    assert "no unit of it is committed" in refusal(encode(own_src, out), 2)
    record = read_record(src)
    spec = record.spec.model_copy(update={"keep_frames": False})
    (own_src / "run.json").write_text(record.model_copy(update={"spec": spec}).model_dump_json())
    assert "keeps no frames: it was made with keep_frames=false" in refusal(encode(own_src, out), 2)
    assert not out.exists()


@pytest.mark.parametrize("text", ["{", '{"schema_version": 4}', "old"])
def test_a_damaged_or_older_record_of_the_source_is_one_line(own_src: Path, tmp_path: Path, text: str) -> None:
    older = json.loads((own_src / "run.json").read_bytes()) | {"schema_version": 3}
    (own_src / "run.json").write_text(json.dumps(older) if text == "old" else text)
    assert "run.json can't be read" in refusal(encode(own_src, tmp_path / "out"), 1)
    assert not (tmp_path / "out").exists()


def test_units_that_the_source_has_not_committed_yet_are_named_and_come_later(
    own_src: Path, src: Path, next_epoch: Path, tmp_path: Path, contents: Contents
) -> None:
    late = committed_units(own_src)[1]
    late.unlink()
    (own_src / "assets.json").unlink()  # the run has not come to its end
    line = refusal(encode(own_src, tmp_path / "out", "--epoch", 1), 1)
    assert f"1 of 3 units failed, the rest is committed; {late.stem}: {own_src} has not committed it yet" in line
    assert [path.stem for path in committed_units(tmp_path / "out")] == ["unit-00000000", "unit-00000002"]
    encoded(src, tmp_path / "out", "--epoch", 1)
    assert contents(tmp_path / "out") == contents(next_epoch)


def test_a_damaged_frames_file_fails_its_unit_only(own_src: Path, tmp_path: Path) -> None:
    missing, flipped, whole = (own_src / str(footer.frames_path) for footer in footers(own_src))
    missing.unlink()
    flipped.write_bytes(flipped.read_bytes().replace(b"\xff\xd8", b"\xff\xd9", 1))
    line = refusal(encode(own_src, tmp_path / "out"), 1)
    assert "2 of 3 units failed" in line
    assert f"its frames file {missing.relative_to(own_src)} is missing" in line
    assert f"{flipped}: its sha256 is" in line
    assert [path.stem for path in committed_units(tmp_path / "out")] == [whole.name.rpartition("-")[0]]


def test_neither_blender_nor_embree_is_asked_for_or_loaded(
    src: Path, next_epoch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(extra, "find_spec", lambda name: None if name in {"bpy", "embreex"} else found(name))
    encoded(src, next_epoch, "--epoch", 1)
    monkeypatch.setattr(extra, "find_spec", lambda name: None)
    assert "encode needs ray, psutil" in refusal(encode(src, next_epoch, "--epoch", 1), 2)
    code = (
        "import sys, ray_cluster.commands.encode, ray_cluster.worker, scenegen.dataset.stored_frames\n"
        "loaded = {'bpy', 'embreex', 'trimesh', 'PyOpenColorIO', 'ray'} & set(sys.modules)\n"
        "assert not loaded, loaded"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_a_log_of_an_encoding_has_a_line_for_each_event(src: Path, tmp_path: Path) -> None:
    out, log = tmp_path / "out", tmp_path / "log.jsonl"
    printed = encoded(src, out, "--tasks", "depth", "--workers", 1, "--log-json", log)
    assert encoded(src, out, "--tasks", "depth", "--workers", 1, "--log-json", log) == printed
    kinds = [json.loads(line)["event"] for line in log.read_text().splitlines()]
    assert [kinds.count(kind) for kind in ("frame_done", "committed", "skipped")] == [6, 3, 1]
    lines = encoded(src, out, "--tasks", "depth", "--workers", 1, "--log-json", "-").splitlines()
    assert [json.loads(line)["event"] for line in lines] == ["skipped"], "what else is said is not mixed into it"


def test_an_address_where_nobody_answers_ends_an_encoding_before_anything_is_made(src: Path, tmp_path: Path) -> None:
    line = refusal(encode(src, tmp_path, "--address", "127.0.0.1:1"), 2)
    assert "--address 127.0.0.1:1: nobody answers there" in line
