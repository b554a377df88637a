"""What only the whole run can show: frames shown twice, scenes and assets that two splits share, licences.

A frame that is stored twice is a fault. Frames that merely look alike are counted and named by `scenegen stats`; they
are a fault where more than 1 % of the frames have such a twin, or where the twin stands in another split.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assets_catalog.attribution import attribution
from scenegen.dataset.assets_used import ASSETS_FILE, UsedAsset, read_assets_used
from scenegen.dataset.checks.findings import Findings, Off
from scenegen.dataset.places import Located
from scenegen.dataset.stats.duplicates import Fingerprints, Pair, near_duplicates
from schemas.errors import DatasetError
from schemas.frame import scene_id
from schemas.run_record import RunRecord
from schemas.unit import Unit

PAPERS = (ASSETS_FILE, "ATTRIBUTION.md")
MOST_ALIKE = 0.01
"""Of the frames that have a near-duplicate."""

Named = tuple[str, Off]
UnitFindings = Sequence[tuple[Unit, Findings]]


def twins(found: UnitFindings) -> Iterator[Named]:
    """Yields frames whose buffers are, to the byte, those of a frame before them."""
    first: dict[bytes, str] = {}
    for _, findings in found:
        for name, exact in zip(findings.prints.near.frame_ids, findings.prints.exact, strict=True):
            if exact in first:
                yield name, Off("duplicates", f"its buffers are those of {first[exact]}, to the byte")
            first.setdefault(exact, name)


def alike(found: UnitFindings) -> tuple[Pair, ...]:
    """Returns the pairs of frames that look alike."""
    prints = Fingerprints()
    for _, findings in found:
        prints.frame_ids += findings.prints.near.frame_ids
        prints.hashes += findings.prints.near.hashes
        prints.depths += findings.prints.near.depths
    return near_duplicates(prints)


def alike_faults(pairs: Sequence[Pair], frames: int) -> Iterator[Named]:
    """Yields the pairs as faults where there are too many of them."""
    having = {name for pair in pairs for name in pair}
    if len(having) > max(2, MOST_ALIKE * frames):
        for first, second in pairs:
            yield second, Off("duplicates", f"looks like {first}")


def leaks(found: UnitFindings, pairs: Iterable[Pair]) -> Iterator[Named]:
    """Yields assets, scenes and looks that two splits share; scenes that are one and the same are named in any."""
    yield from _asset_leaks(found)
    yield from _scene_leaks(found)
    split_of = {name: unit.split for unit, findings in found for name in findings.prints.near.frame_ids}
    for first, second in pairs:
        if split_of[first] != split_of[second]:
            yield second, Off("leaks", f"{split_of[second]} frame that looks like {first} of {split_of[first]}")


def _asset_leaks(found: UnitFindings) -> Iterator[Named]:
    splits: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for unit, findings in found:
        for asset_id in findings.assets:
            splits[asset_id].setdefault(unit.split, unit.name)
    for asset_id, units in sorted(splits.items()):
        if len(units) > 1:
            where = ", ".join(f"{split} ({unit})" for split, unit in units.items())
            yield asset_id, Off("leaks", f"is used in {where}")


def _scene_leaks(found: UnitFindings) -> Iterator[Named]:
    first: dict[bytes, tuple[int, str]] = {}
    for unit, findings in found:
        for scene_index, print_ in findings.scene_prints.items():
            other, split = first.setdefault(print_, (scene_index, unit.split))
            if other != scene_index:
                kind = (
                    f"is {scene_id(other)} of {split} again" if split != unit.split else f"is {scene_id(other)} again"
                )
                yield scene_id(scene_index), Off("leaks", f"{kind}: all stands where it stands there")


def credit_faults(root: Located, records: Sequence[RunRecord], used: Sequence[str]) -> Iterator[Named]:
    """Yields assets that are not credited, or under a licence that the run does not allow, and papers that are off."""
    try:
        known = read_assets_used(root)
    except DatasetError as error:
        yield ASSETS_FILE, Off("licences", str(error))
        return
    for asset_id in used:
        yield from ((asset_id, Off("licences", line)) for line in _licence_lines(asset_id, known, records))
    yield from ((paper, Off("licences", line)) for paper, line in _paper_lines(root, known, used))


def _licence_lines(asset_id: str, known: Mapping[str, UsedAsset], records: Sequence[RunRecord]) -> Iterator[str]:
    locking = [record for record in records if asset_id in record.catalog_lock.assets]
    if not locking:
        yield "is used, but is none of the assets that run.json locks"
    asset = known.get(asset_id)
    if asset is None:
        yield f"is used, but {ASSETS_FILE} does not credit it"
        return
    if not asset.license or not asset.creator:
        yield f"{ASSETS_FILE} gives no {'licence' if not asset.license else 'creator'} for it"
        return
    allowed = [record.spec.licenses for record in locking or records]
    if all(some and asset.license not in some for some in allowed):
        names = ", ".join(dict.fromkeys(name for some in allowed for name in some))
        yield f"is under {asset.license}, the run allows {names}"


def _paper_lines(root: Located, known: Mapping[str, UsedAsset], used: Sequence[str]) -> Iterator[tuple[str, str]]:
    if strange := sorted(known.keys() - set(used)):
        yield ASSETS_FILE, f"credits {strange[0]}, which no scene uses"
    if not used:
        return
    paper = root / "ATTRIBUTION.md"
    try:
        said = paper.read_bytes() if paper.is_file() else None
    except OSError as error:
        yield "ATTRIBUTION.md", f"can't be read: {error.strerror}"
        return
    if said != attribution(known).encode():
        yield "ATTRIBUTION.md", "is missing" if said is None else f"does not say what {ASSETS_FILE} says"
