"""Counting: the counts say what the frames show, and every asset resolves to its licence, creator and source."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from scenegen.dataset.assets_used import ASSETS_FILE, UsedAsset, assets_used_json, read_assets_used
from scenegen.dataset.pack import UnitFiles
from scenegen.dataset.parquet import read_columns
from scenegen.dataset.stats.counts import KEYS, NO_ASSET, UNKNOWN, Count, dataset_stats
from schemas.errors import DatasetError, InputError
from schemas.frame import Shot
from schemas.run_record import RunRecord
from schemas.unit import Unit, units_of

BALL, TILES = "builtin/ball", "walls/tiles"
FLOOR_ID, BALL_ID = 1, 2
_HASH = "0" * 64
ASSETS = {
    BALL: UsedAsset(
        kind="model",
        label="red ball",
        class_name="ball",
        license="CC-BY-4.0",
        creator="Ann",
        source="Shop 1",
        sha256=_HASH,
    ),
    TILES: UsedAsset(
        kind="texture", label="tiles", class_name="tile", license="CC0-1.0", creator="Bob", source="Walls", sha256=_HASH
    ),
}


def tiled(shots: list[Shot]) -> list[Shot]:
    """Returns the frames with a texture on the floor of their scenes."""
    changed = []
    for plan, frame in shots:
        floor, *others = plan.objects
        assert floor.surface is not None
        surface = floor.surface.model_copy(update={"texture": TILES})
        changed.append(
            (plan.model_copy(update={"objects": (floor.model_copy(update={"surface": surface}), *others)}), frame)
        )
    return changed


@pytest.fixture
def make(
    tmp_path: Path,
    new_record: Callable[..., RunRecord],
    new_shots: Callable[[RunRecord, Unit], list[Shot]],
    pack: Callable[..., UnitFiles],
    commit: Callable[[Path, UnitFiles], None],
) -> Callable[..., tuple[Path, list[Shot]]]:
    """Makes a dataset of three scenes in two units, and says what it holds."""

    def make_dataset(**changes: Any) -> tuple[Path, list[Shot]]:
        record, out = new_record(**changes), tmp_path / "out"
        out.mkdir()
        (out / "run.json").write_text(record.model_dump_json())
        (out / ASSETS_FILE).write_bytes(assets_used_json(ASSETS))
        all_shots = []
        for unit in units_of(record.spec):
            shots = tiled(new_shots(record, unit))
            commit(out, pack(record, unit, shots))
            all_shots += shots
        return out, all_shots

    return make_dataset


def by_key(out: Path, by: str) -> dict[str, Count]:
    return {count.key: count for count in dataset_stats(out, by).counts}


def shown(shots: list[Shot], instance_id: int) -> tuple[int, int]:
    """Returns in how many frames an instance is to be seen, and in how many pixels."""
    pixels = [int(np.sum(frame.gbuffer.instance_id == instance_id)) for _, frame in shots]
    return sum(count > 0 for count in pixels), sum(pixels)


def test_frames_instances_and_pixels_are_those_of_the_buffers(make: Callable[..., tuple[Path, list[Shot]]]) -> None:
    out, shots = make()
    counts = by_key(out, "class")
    assert counts.keys() == {"floor", "ball"}
    for name, instance_id, asset_ids in (("floor", FLOOR_ID, ()), ("ball", BALL_ID, (BALL,))):
        frames, pixels = shown(shots, instance_id)
        assert counts[name] == Count(name, frames, frames, pixels, asset_ids)
    assert dataset_stats(out).frames == len(shots)


def test_by_asset_the_textures_of_the_scenes_are_told_too(make: Callable[..., tuple[Path, list[Shot]]]) -> None:
    out, shots = make()
    counts = by_key(out, "asset")
    assert counts.keys() == {BALL, TILES, NO_ASSET}
    assert counts[TILES] == Count(TILES, len(shots), None, None, (TILES,))
    assert (counts[BALL].frames, counts[BALL].pixels) == shown(shots, BALL_ID)


@pytest.mark.parametrize(
    ("by", "keys"),
    [
        ("license", {"CC-BY-4.0": (BALL,), "CC0-1.0": (TILES,), NO_ASSET: ()}),
        ("creator", {"Ann": (BALL,), "Bob": (TILES,), NO_ASSET: ()}),
    ],
)
def test_licences_and_creators_come_from_the_dataset_itself(
    make: Callable[..., tuple[Path, list[Shot]]], by: str, keys: dict[str, tuple[str, ...]]
) -> None:
    out, _ = make()
    assert {key: count.asset_ids for key, count in by_key(out, by).items()} == keys


def test_splits_are_counted_apart(make: Callable[..., tuple[Path, list[Shot]]]) -> None:
    out, shots = make(splits={"train": 0.5, "val": 0.5}, scenes_per_unit=1, scenes=6)
    counts = by_key(out, "split")
    assert {plan.split for plan, _ in shots} == counts.keys() == {"train", "val"}
    for split, count in counts.items():
        own = [(plan, frame) for plan, frame in shots if plan.split == split]
        assert count.frames == len(own)
        assert count.pixels == shown(own, FLOOR_ID)[1] + shown(own, BALL_ID)[1]


def test_counts_are_in_the_order_of_pixels(make: Callable[..., tuple[Path, list[Shot]]]) -> None:
    out, _ = make()
    pixels = [count.pixels or 0 for count in dataset_stats(out, "asset").counts]
    assert pixels == sorted(pixels, reverse=True)
    assert pixels[-1] == 0


def test_where_frames_are_not_kept_scenes_are_counted(make: Callable[..., tuple[Path, list[Shot]]]) -> None:
    out, shots = make(keep_frames=False)
    stats = dataset_stats(out)
    assert not stats.frames_kept
    assert stats.counts == (Count("ball", len(shots), None, None, (BALL,)),)
    assert by_key(out, "asset")[TILES] == Count(TILES, len(shots), None, None, (TILES,))


def test_assets_that_nobody_has_told_of_yet_are_unknown(make: Callable[..., tuple[Path, list[Shot]]]) -> None:
    out, shots = make()
    (out / ASSETS_FILE).unlink()
    assert by_key(out, "license")[UNKNOWN].frames == shown(shots, BALL_ID)[0]
    assert by_key(out, "class").keys() == {"floor", "ball"}


def test_only_the_columns_that_are_needed_are_read(
    make: Callable[..., tuple[Path, list[Shot]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    out, _ = make()
    read: set[tuple[str, ...]] = set()

    def heard(path: Path, names: Sequence[str]) -> pa.Table:
        read.add(tuple(names))
        return read_columns(path, names)

    monkeypatch.setattr("scenegen.dataset.stats.counts.read_columns", heard)
    dataset_stats(out)
    assert read == {("frame_id", "split", "asset_ids"), ("frame_id", "split", "objects")}


def test_an_unknown_key_or_dataset_is_told(tmp_path: Path, make: Callable[..., tuple[Path, list[Shot]]]) -> None:
    with pytest.raises(InputError, match=r"did you mean 'class'\?"):
        dataset_stats(tmp_path, "clas")
    with pytest.raises(InputError, match="no directory"):
        dataset_stats(tmp_path / "none")
    out, _ = make()
    frames = next(out.glob("frames/*/*.parquet"))
    frames.write_bytes(frames.read_bytes()[:1000])
    with pytest.raises(DatasetError, match="frames"):
        dataset_stats(out)


def test_a_run_without_a_unit_counts_nothing(tmp_path: Path, new_record: Callable[..., RunRecord]) -> None:
    (tmp_path / "run.json").write_text(new_record().model_dump_json())
    for by in KEYS:
        assert dataset_stats(tmp_path, by).counts == ()


def test_the_file_of_assets_is_read_as_written_and_damage_is_told(tmp_path: Path) -> None:
    assert read_assets_used(tmp_path) == {}
    (tmp_path / ASSETS_FILE).write_bytes(assets_used_json(ASSETS))
    assert read_assets_used(tmp_path) == ASSETS
    assert assets_used_json(dict(reversed(ASSETS.items()))) == assets_used_json(ASSETS)
    (tmp_path / ASSETS_FILE).write_text('{"a/b": {"license": 3}}')
    with pytest.raises(DatasetError, match=r"assets\.json can't be read: a/b"):
        read_assets_used(tmp_path)
