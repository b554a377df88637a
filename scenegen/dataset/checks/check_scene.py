"""One scene's frames and triplets, frame by frame; and the scene as a whole where all of its frames are looked at."""

from collections.abc import Sequence

from scenegen.dataset.checks.findings import Findings, Off, off
from scenegen.dataset.checks.fingerprints import short_hash
from scenegen.dataset.checks.frame_checks import FrameFindings, FrameTruth, Place, check_frame
from scenegen.dataset.checks.scene_checks import Accepted, scene_faults
from scenegen.dataset.checks.triplet_checks import check_triplet, truth_of
from scenegen.dataset.checks.unit_rows import UnitRows
from scenegen.dataset.triplets import target_of, triplet_from_row
from scenegen.gates.thumbnail import Thumbnail, thumbnail
from schemas.errors import DatasetError
from schemas.frame import scene_id
from schemas.sample import Sample, samples_of

_UNREADABLE = "can't be read"


def check_scene(places: Sequence[Place], rows: UnitRows, found: Findings) -> None:
    """Adds what is off with those frames of a scene that are looked at."""
    accepted: list[Accepted] = []
    shown: list[Thumbnail] = []
    for place in places:
        with found.one_frame():
            frame = _check_frame(place, rows, shown, found)
            _check_triplets(place, frame.truth, rows, found)
        accepted += [frame.accepted] if frame.accepted is not None else []
        if frame.truth is not None and frame.truth.gbuffer is not None:
            shown.append(thumbnail(frame.truth.gbuffer))
    if places and len(accepted) == places[0].spec.views_per_scene:
        first = places[0]
        lines = scene_faults(first.spec, accepted, rows.rejections.get(first.scene_index, []))
        found.looked_at["scenes"] += 1
        found.fault(scene_id(first.scene_index), off("scenes", lines))


def _check_frame(place: Place, rows: UnitRows, shown: Sequence[Thumbnail], found: Findings) -> FrameFindings:
    found.frames += 1
    if rows.frames is None:
        return FrameFindings(())
    row = rows.frame(place)
    if isinstance(row, DatasetError):
        found.fault(place.frame_id, [_unread(row)])
        return FrameFindings(())
    frame = check_frame(place, row, shown)
    found.fault(place.frame_id, frame.faults)
    found.looked_at.update(["buffers", "ids", "gates"])
    if frame.truth is not None and frame.truth.gbuffer is not None and frame.rgb is not None:
        found.prints.add(place.frame_id, frame.rgb, frame.truth.gbuffer, row["exr"])
    return frame


def _check_triplets(place: Place, truth: FrameTruth | None, rows: UnitRows, found: Findings) -> None:
    found.looked_at["plan"] += 1
    for sample in samples_of(place.spec, place.frame_id):
        if sample.sample_id not in rows.place_of:
            found.fault(sample.sample_id, off("complete", _omission_faults(place, sample, truth)))
            continue
        row = rows.triplet(sample.sample_id)
        if isinstance(row, DatasetError):
            found.fault(sample.sample_id, [_unread(row)])
            continue
        triplet = triplet_from_row(row)
        checked = check_triplet(place, sample, triplet, truth)
        found.fault(sample.sample_id, checked.faults)
        found.triplets += 1
        found.looked_at.update(["prompts", "targets"])
        if checked.worst_excess is not None:
            found.excess(sample.task, checked.worst_excess)
        if truth is None and triplet.sample_id == sample.sample_id:
            truth = truth_of(triplet)
    if truth is not None:
        found.scene_prints.setdefault(place.scene_index, _scene_print(truth))


def _scene_print(truth: FrameTruth) -> bytes:
    """Returns what two scenes have in common that are one: where everything stands, or their name where others made
    them; without a plan, the camera."""
    if truth.plan is None:
        return short_hash(repr((truth.cam2world, truth.intrinsics)).encode())
    if truth.plan.origin is not None:
        return short_hash(truth.plan.origin.name.encode())
    return short_hash(repr([(each.asset_id, each.object2world) for each in truth.plan.objects]).encode())


def _unread(error: DatasetError) -> Off:
    """Returns the fault of a row that is not there, or that can't be read."""
    line = str(error)
    check = "complete" if "missing" in line else "checksums" if _UNREADABLE in line else "schema"
    return Off(check, line)


def _omission_faults(place: Place, sample: Sample, truth: FrameTruth | None) -> list[str]:
    if truth is None or truth.gbuffer is None or truth.plan is None:
        return []
    try:
        is_right = target_of(sample, truth.gbuffer, truth.plan, place.spec.targets) is None
    except ValueError as error:
        return [f"its frame can't be encoded: {error}"]
    return [] if is_right else ["omitted, though its frame can answer it"]
