"""Checks of one stored triplet against the plan and against its frame."""

from dataclasses import dataclass

import numpy as np

from scenegen.dataset.checks.differences import differing
from scenegen.dataset.checks.findings import Off, off
from scenegen.dataset.checks.frame_checks import FrameTruth, Place
from scenegen.dataset.checks.target_checks import (
    color_count_faults,
    drawn_again_faults,
    held_against_frame,
    said_faults,
)
from scenegen.dataset.picture import decode_picture
from scenegen.dataset.png import decode_png
from scenegen.dataset.stored_image import format_faults
from scenegen.dataset.triplets import depth_range_m
from schemas.errors import DatasetError
from schemas.frame import scene_id
from schemas.sample import Sample
from schemas.scene_draw import recipe_of
from schemas.triplet import Triplet


@dataclass(frozen=True)
class TripletFindings:
    """What was off with a triplet, and how close its target came to its bound."""

    faults: tuple[Off, ...]
    worst_excess: float | None = None
    """Nothing where there is no truth to hold it against."""


def check_triplet(place: Place, sample: Sample, triplet: Triplet, truth: FrameTruth | None) -> TripletFindings:
    """Returns what is off with the triplet that stands where that of this sample belongs."""
    if triplet.sample_id != sample.sample_id:
        return TripletFindings((Off("complete", f"the triplets file has {triplet.sample_id} in its place"),))
    lines = differing(triplet, _planned(place, sample))
    lines += [f"input_image {line}" for line in format_faults(triplet.input_image_bytes, place.spec.image.format)]
    if truth is not None:
        lines += [*differing(triplet, _of_frame(truth)), *_input_faults(triplet, truth)]
    images = _image_faults(triplet, truth)
    found, worst = _target_findings(place, sample, triplet, truth, are_sound=not images)
    return TripletFindings((*off("plan", lines), *images, *found), worst)


def truth_of(triplet: Triplet) -> FrameTruth:
    """Returns what a triplet says of its frame: where frames are not kept, its siblings must say the same."""
    return FrameTruth(triplet.input_image_bytes, triplet.intrinsics, triplet.cam2world, triplet.asset_ids, None, None)


def _target_findings(
    place: Place, sample: Sample, triplet: Triplet, truth: FrameTruth | None, *, are_sound: bool
) -> tuple[list[Off], float | None]:
    """Returns what is off with prompt, legend and target; of images that are not sound, the words alone are judged."""
    lines, codec = said_faults(triplet)
    said = off("prompts", lines)
    if not are_sound:
        return said, None
    rgb = decode_png(triplet.target_png)
    if truth is None or truth.gbuffer is None or truth.plan is None:
        return [*said, *off("targets", color_count_faults(triplet, rgb))], None
    held, worst = held_against_frame(rgb, codec, truth.gbuffer)
    again = [] if held else drawn_again_faults(triplet, rgb, sample, truth.gbuffer, truth.plan, place.spec.targets)
    return [*said, *off("targets", held), *again], worst


def _planned(place: Place, sample: Sample) -> dict[str, object]:
    return {
        "frame_id": place.frame_id,
        "scene_id": scene_id(place.scene_index),
        "task": sample.task,
        "split": place.unit.split,
        "recipe": recipe_of(place.spec, place.scene_index),
        "seed": sample.seed,
    }


def _of_frame(truth: FrameTruth) -> dict[str, object]:
    fields: dict[str, object] = {"intrinsics": truth.intrinsics, "cam2world": truth.cam2world}
    if truth.asset_ids is not None:
        fields["asset_ids"] = truth.asset_ids
    if truth.gbuffer is not None:
        fields["z_depth_min_m"], fields["z_depth_max_m"] = depth_range_m(truth.gbuffer.z_depth_m)
        fields["height_px"], fields["width_px"] = truth.gbuffer.z_depth_m.shape
    return fields


def _image_faults(triplet: Triplet, truth: FrameTruth | None) -> list[Off]:
    """Returns what is off with the two pictures as files, and with their sizes; a kept frame's is judged with it."""
    is_judged = truth is not None and truth.gbuffer is not None and triplet.input_image_bytes == truth.picture
    inputs = () if is_judged else (("input_image", decode_picture, triplet.input_image_bytes),)
    faults = []
    for name, decode, image in (*inputs, ("edited_image", decode_png, triplet.target_png)):
        try:
            height_px, width_px, _ = decode(image).shape
        except DatasetError as error:
            faults.append(Off("checksums", f"{name}: {error}"))
            continue
        if (width_px, height_px) != (triplet.width_px, triplet.height_px):
            there = f"{triplet.width_px} x {triplet.height_px}"
            faults.append(Off("plan", f"{name} is {width_px} x {height_px} pixels, the row says {there}"))
    return faults


def _input_faults(triplet: Triplet, truth: FrameTruth) -> list[str]:
    """Returns how the input differs from the frame's picture; equal bytes are equal pixels."""
    if triplet.input_image_bytes == truth.picture:
        return []
    try:
        ours, theirs = (decode_picture(one).astype(int) for one in (triplet.input_image_bytes, truth.picture))
    except DatasetError:
        return ["input_image is not the frame's image"]
    if ours.shape != theirs.shape:
        return ["input_image is not the frame's image: another size"]
    apart = np.abs(ours - theirs).max(axis=-1)
    figures = f"{int((apart > 0).sum())} pixels differ, by up to {int(apart.max())} of 255"
    return [f"input_image is not the frame's image: {figures}"]
