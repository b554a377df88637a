"""Checks of one stored triplet against the plan and against its frame.

A target is held against the exact buffers by its encoder: `excess` is its error in units of what rounding to 8 bits
allows at that pixel, so 1 is the most that is right.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import UInt8

from scenegen.dataset.differences import differing
from scenegen.dataset.frame_checks import FrameTruth, Place
from scenegen.dataset.picture import decode_picture
from scenegen.dataset.png import decode_png
from scenegen.dataset.stored_image import format_faults
from scenegen.dataset.triplets import depth_range_m, prompt_of
from scenegen.encoders import ENCODERS
from schemas.errors import DatasetError
from schemas.frame import GBuffer, scene_id
from schemas.seeds import seed_for
from schemas.triplet import Triplet, sample_id


@dataclass(frozen=True)
class TripletFindings:
    """What was off with a triplet, and how close its target came to its bound."""

    faults: tuple[str, ...]
    worst_excess: float | None = None
    """Nothing where there is no truth to hold it against."""


def check_triplet(place: Place, task: str, triplet: Triplet, truth: FrameTruth | None) -> TripletFindings:
    """Returns what is off with the triplet that stands where that of this frame and task belongs."""
    expected_id = sample_id(place.frame_id, task)
    if triplet.sample_id != expected_id:
        return TripletFindings((f"the triplets file has {triplet.sample_id} in its place",))
    faults = differing(triplet, _planned(place, task))
    picture_format = place.spec.image.format
    faults += [f"input_image {line}" for line in format_faults(triplet.input_image_bytes, picture_format)]
    if truth is None:
        return TripletFindings((*faults, *_image_faults(triplet)))
    faults += [*differing(triplet, _of_frame(truth)), *_image_faults(triplet), *_input_faults(triplet, truth)]
    if truth.gbuffer is None or _image_faults(triplet):
        return TripletFindings(tuple(faults))
    line, worst = _target_fault(task, triplet, truth.gbuffer)
    return TripletFindings((*faults, *line), worst)


def truth_of(triplet: Triplet) -> FrameTruth:
    """Returns what a triplet says of its frame: where frames are not kept, its siblings must say the same."""
    return FrameTruth(triplet.input_image_bytes, triplet.intrinsics, triplet.cam2world, triplet.asset_ids, None)


def _planned(place: Place, task: str) -> dict[str, object]:
    seed = seed_for(place.spec.seed, place.frame_id, task)
    return {
        "frame_id": place.frame_id,
        "scene_id": scene_id(place.scene_index),
        "task": task,
        "split": place.unit.split,
        "recipe": place.spec.recipe,
        "seed": seed,
        "edit_prompt": prompt_of(task, seed),
        "codec": ENCODERS[task].codec,
        "codec_params": ENCODERS[task].codec_params,
        "legend": (),
    }


def _of_frame(truth: FrameTruth) -> dict[str, object]:
    fields: dict[str, object] = {"intrinsics": truth.intrinsics, "cam2world": truth.cam2world}
    if truth.asset_ids is not None:
        fields["asset_ids"] = truth.asset_ids
    if truth.gbuffer is not None:
        fields["z_depth_min_m"], fields["z_depth_max_m"] = depth_range_m(truth.gbuffer.z_depth_m)
        fields["height_px"], fields["width_px"] = truth.gbuffer.z_depth_m.shape
    return fields


def _image_faults(triplet: Triplet) -> list[str]:
    """Returns what is off with the two pictures as files, and with their sizes."""
    faults = []
    for name, decode, image in (
        ("input_image", decode_picture, triplet.input_image_bytes),
        ("edited_image", decode_png, triplet.target_png),
    ):
        try:
            height_px, width_px, _ = decode(image).shape
        except DatasetError as error:
            faults.append(f"{name}: {error}")
            continue
        if (width_px, height_px) != (triplet.width_px, triplet.height_px):
            there = f"{triplet.width_px} x {triplet.height_px}"
            faults.append(f"{name} is {width_px} x {height_px} pixels, the row says {there}")
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


def _target_fault(task: str, triplet: Triplet, gbuffer: GBuffer) -> tuple[list[str], float | None]:
    """Returns a line where the target leaves its bound, and the worst excess."""
    rgb = decode_png(triplet.target_png)
    if rgb.shape[:2] != gbuffer.z_depth_m.shape:
        return ["edited_image is not of the EXR's size"], None
    excess = ENCODERS[task].excess(rgb, gbuffer)
    worst = float(excess.max())
    if worst <= 1:
        return _color_faults(task, rgb, gbuffer), worst
    y, x = np.unravel_index(int(excess.argmax()), excess.shape)
    decoded, true = ENCODERS[task].decode(rgb), ENCODERS[task].truth(gbuffer)
    figures = f"{_figure(decoded[y, x])} decoded at pixel ({x}, {y}), {_figure(true[y, x])} true"
    return [f"edited_image: {figures}: {worst:.3g} times the bound; {int((excess > 1).sum())} pixels leave it"], worst


def _color_faults(task: str, rgb: UInt8[np.ndarray, "h w 3"], gbuffer: GBuffer) -> list[str]:
    """Returns a line where a colour decodes well but is none that the encoder would paint.

    One code is left to another machine's last bits.
    """
    try:
        painted = ENCODERS[task].encode(gbuffer)
    except ValueError as error:
        return [f"its frame can't be encoded: {error}"]
    apart = np.abs(rgb.astype(int) - painted).max(axis=-1)
    if apart.max() <= 1:
        return []
    y, x = np.unravel_index(int(apart.argmax()), apart.shape)
    colors = f"{tuple(rgb[y, x].tolist())} at pixel ({x}, {y}), the encoder paints {tuple(painted[y, x].tolist())}"
    return [f"edited_image: {colors}; {int((apart > 1).sum())} pixels are off"]


def _figure(value: np.ndarray | np.floating) -> str:
    parts = np.atleast_1d(value).tolist()
    return f"{parts[0]:.6g} m" if len(parts) == 1 else f"({', '.join(f'{part:.4f}' for part in parts)})"
