"""Counting: how many frames show what, in how many instances and pixels; by class, asset, licence, split or creator.

The objects column of the frames files is read, file by file, and nothing else of them. An instance is counted in each
frame that shows it. Textures and environments are no objects: of them the frames are told whose scene uses them, as
are those of all assets where frames are not kept; instances and pixels can't be told then.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from scenegen.dataset.assets_used import UsedAsset, read_assets_used
from scenegen.dataset.footer import unit_footer
from scenegen.dataset.parquet import read_columns
from scenegen.dataset.places import Located, located
from scenegen.dataset.reader import committed_units
from scenegen.dataset.records import read_record
from schemas.errors import InputError, did_you_mean

NO_ASSET = "(no asset)"
"""What a recipe builds itself: walls, floors, window frames."""
UNKNOWN = "(unknown)"
"""Of an asset that OUT/assets.json doesn't have, because the run has not come to its end yet."""

Assets = Mapping[str, UsedAsset]
Key = Callable[[pa.Table, Assets], pa.ChunkedArray]
"""Rows, as `_ROWS` has them, and assets -> what each row counts for; null leaves it out."""

_ROWS = pa.schema(
    [
        pa.field("frame", pa.string()),
        pa.field("split", pa.string()),
        pa.field("class_name", pa.string()),
        pa.field("asset", pa.string()),
        pa.field("pixels", pa.int64()),
    ]
)
"""A thing in a frame; `pixels` is null for what the frame's scene uses and need not show."""


@dataclass(frozen=True)
class Count:
    """How often something is there."""

    key: str
    frames: int
    instances: int | None
    pixels: int | None
    asset_ids: tuple[str, ...]
    """That count for it, sorted."""


@dataclass(frozen=True)
class Stats:
    """What a dataset shows."""

    by: str
    frames: int
    frames_kept: bool
    """False where some frames are not kept: their instances and pixels are not in the counts."""
    counts: tuple[Count, ...]
    """Most pixels first, then most frames."""
    assets: Assets


def dataset_stats(out: str | Located, by: str = "class") -> Stats:
    """Counts what is committed under `out`, by a member of KEYS.

    Raises InputError for what is none and where `out` is no dataset, DatasetError where a file can't be read.
    """
    if by not in KEYS:
        raise InputError(f"unknown --by '{by}'{did_you_mean(by, KEYS)}; must be one of {', '.join(KEYS)}")
    root = located(out)
    read_record(root)
    assets = read_assets_used(root)
    tally = _Tally()
    for path in committed_units(root):
        _count_unit(root, path, assets, KEYS[by], tally)
    return Stats(by, tally.all_frames, tally.frames_kept, tally.counts(), assets)


@dataclass
class _Tally:
    """Sums over files; no frame stands in two."""

    all_frames: int = 0
    frames_kept: bool = True
    frames: Counter[str] = field(default_factory=Counter)
    instances: Counter[str] = field(default_factory=Counter)
    pixels: Counter[str] = field(default_factory=Counter)
    asset_ids: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, rows: pa.Table) -> None:
        """Adds rows that have a key."""
        sums = rows.group_by("key").aggregate([("frame", "count_distinct"), ("pixels", "count"), ("pixels", "sum")])
        for row in sums.to_pylist():
            self.frames[row["key"]] += row["frame_count_distinct"]
            if row["pixels_count"]:
                self.instances[row["key"]] += row["pixels_count"]
                self.pixels[row["key"]] += row["pixels_sum"]
        for row in rows.filter(rows["asset"].is_valid()).group_by(["key", "asset"]).aggregate([]).to_pylist():
            self.asset_ids[row["key"]].add(row["asset"])

    def counts(self) -> tuple[Count, ...]:
        """Returns what was added up, in order."""
        counted = [
            Count(
                key=key,
                frames=self.frames[key],
                instances=self.instances.get(key),
                pixels=self.pixels.get(key),
                asset_ids=tuple(sorted(self.asset_ids[key])),
            )
            for key in self.frames
        ]
        return tuple(sorted(counted, key=lambda count: (-(count.pixels or 0), -count.frames, count.key)))


def _count_unit(root: Located, path: Located, assets: Assets, key: Key, tally: _Tally) -> None:
    used = read_columns(path, ["frame_id", "split", "asset_ids"])
    frames_path = unit_footer(path).frames_path
    parts = [_used_rows(used, assets, models_too=frames_path is None)]
    if frames_path is not None:
        parts.append(_shown_rows(read_columns(root / frames_path, ["frame_id", "split", "objects"])))
    tally.all_frames += len(pc.unique(used["frame_id"]))
    tally.frames_kept &= frames_path is not None
    rows = pa.concat_tables(parts)
    rows = rows.append_column("key", key(rows, assets))
    tally.add(rows.filter(rows["key"].is_valid()))


def _shown_rows(frames: pa.Table) -> pa.Table:
    """Returns a row for each object of each frame."""
    which, objects = _unrolled(frames["objects"])
    fields = {"class_name": "class_name", "asset": "asset_id", "pixels": "pixels"}
    columns = {ours: pc.struct_field(objects, theirs) for ours, theirs in fields.items()}
    of_frame = {"frame": frames["frame_id"].take(which), "split": frames["split"].take(which)}
    return pa.table({**of_frame, **columns}, schema=_ROWS)


def _used_rows(triplets: pa.Table, assets: Assets, models_too: bool) -> pa.Table:
    """Returns a row for each asset that a triplet's scene uses; models only where they are asked for."""
    which, asset_ids = _unrolled(triplets["asset_ids"])
    rows = pa.table(
        {
            "frame": triplets["frame_id"].take(which),
            "split": triplets["split"].take(which),
            "class_name": _of_asset(asset_ids, lambda asset_id: _class_of_model(assets.get(asset_id))),
            "asset": asset_ids,
            "pixels": pa.nulls(len(which), pa.int64()),
        },
        schema=_ROWS,
    )
    if models_too:
        return rows
    others = [asset_id for asset_id, asset in assets.items() if asset.kind != "model"]
    return rows.filter(pc.is_in(rows["asset"], value_set=pa.array(others, pa.string())))


def _unrolled(lists: pa.ChunkedArray) -> tuple[pa.Array, pa.Array]:
    """Returns the parts of all lists, one after another, and the row of each."""
    whole = pa.concat_arrays(lists.chunks) if lists.num_chunks else pa.array([], lists.type)
    return pc.list_parent_indices(whole), pc.list_flatten(whole)


def _class_of_model(asset: UsedAsset | None) -> str | None:
    if asset is None:
        return UNKNOWN
    return asset.class_name if asset.kind == "model" else None


def _of_asset(asset_ids: pa.Array | pa.ChunkedArray, say: Callable[[str], str | None]) -> pa.ChunkedArray:
    """Returns what `say` says of each id, asked once for each that differs; null for null."""
    distinct = pc.unique(asset_ids)
    said = [None if asset_id is None else say(asset_id) for asset_id in distinct.to_pylist()]
    rows = pc.index_in(asset_ids, value_set=distinct)
    return pa.chunked_array([pa.array(said, pa.string()).take(row) for row in _chunks(rows)], pa.string())


def _chunks(rows: pa.Array | pa.ChunkedArray) -> Iterable[pa.Array]:
    return rows.chunks if isinstance(rows, pa.ChunkedArray) else [rows]


def _by_field(name: str) -> Key:
    """Returns the key that is a field of the asset; what has no asset counts as such."""

    def key(rows: pa.Table, assets: Assets) -> pa.ChunkedArray:
        said = _of_asset(rows["asset"], lambda asset_id: getattr(assets.get(asset_id), name, UNKNOWN))
        return pc.fill_null(said, NO_ASSET)

    return key


KEYS: Mapping[str, Key] = {
    "class": lambda rows, assets: rows["class_name"],
    "asset": lambda rows, assets: pc.fill_null(rows["asset"], NO_ASSET),
    "license": _by_field("license"),
    "split": lambda rows, assets: rows["split"],
    "creator": _by_field("creator"),
}
"""What `--by` may be -> how a row is counted."""
