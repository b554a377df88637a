"""Defects of rows and targets: files and hashes are right, as those of a program with a fault are."""

import io
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
from jaxtyping import UInt8
from PIL import Image

from bench.mutations.planted import Mutation, Plant, Planted
from bench.mutations.subject import Subject, contents_of, row_of
from scenegen.dataset.png import decode_png, encode_png
from schemas.triplet import Triplet

Rgb = UInt8[np.ndarray, "h w 3"]
Paint = Callable[[Rgb, Triplet], Rgb | None]
MASKS = ("semantic", "instance", "referring")


def _painted(tasks: tuple[str, ...], paint: Paint) -> Plant:
    """Paints the target of one of the tasks anew, of those that the first frame has; the rest of its row stays."""

    def plant(subject: Subject, rng: np.random.Generator) -> Planted | None:
        triplets = list(subject.packed[0].triplets)
        places = [place for place, triplet in enumerate(triplets) if triplet.task in tasks]
        for place in rng.permutation(places).tolist():
            rgb = decode_png(triplets[place].target_png)
            changed = paint(rgb, triplets[place])
            if changed is not None and (changed != rgb).any():
                triplets[place] = replace(triplets[place], target_png=encode_png(np.ascontiguousarray(changed)))
                return _with_triplets(subject, triplets, place)
        return None

    return plant


def _with_triplets(subject: Subject, triplets: list[Triplet], place: int) -> Planted:
    files = subject.with_packed(triplets=tuple(triplets)).files
    return Planted(contents_of(files), (triplets[place].sample_id,))


def _shifted(rgb: Rgb, triplet: Triplet) -> Rgb:
    return np.roll(rgb, 1, axis=1)


def _swapped(rgb: Rgb, triplet: Triplet) -> Rgb | None:
    """Two colours of the target change places; with one entry, its own and the background's."""
    colors = [np.array(entry.rgb, np.uint8) for entry in triplet.legend if entry.pixels]
    if not colors:
        return None
    first = colors[0]
    inside = (rgb == first).all(axis=-1)
    others = [color for color in (*colors[1:], *rgb[~inside][:1]) if (color != first).any()]
    if not others:
        return None
    also = (rgb == others[0]).all(axis=-1)
    return np.where(inside[..., None], others[0], np.where(also[..., None], first, rgb))


def _compressed(rgb: Rgb, triplet: Triplet) -> Rgb:
    """As a JPEG of quality 95 leaves it, stored as a PNG again."""
    file = io.BytesIO()
    Image.fromarray(rgb).save(file, format="JPEG", quality=95)
    return np.array(Image.open(file))


def _without_object(rgb: Rgb, triplet: Triplet) -> Rgb | None:
    """The object with fewest pixels is painted as what lies behind all."""
    shown = sorted((entry.pixels, entry.rgb) for entry in triplet.legend if entry.pixels)
    if not shown:
        return None
    inside = (rgb == np.array(shown[0][1], np.uint8)).all(axis=-1)
    legend = {entry.rgb for entry in triplet.legend}
    colors = np.unique(rgb.reshape(-1, 3), axis=0)
    behind = next((color for color in colors if tuple(color.tolist()) not in legend), None)
    return None if behind is None else np.where(inside[..., None], behind, rgb)


def _swapped_legend(subject: Subject, rng: np.random.Generator) -> Planted | None:
    """In the row's legend two entries have each other's colour; prompt and target are right.

    A prompt for instances of one class names no colour: there the legend contradicts the target alone.
    """
    triplets = list(subject.packed[0].triplets)
    places = [place for place, triplet in enumerate(triplets) if len(triplet.legend) >= 2]
    if not places:
        return None
    place = int(rng.choice(places))
    first, second, *rest = triplets[place].legend
    legend = (replace(first, rgb=second.rgb), replace(second, rgb=first.rgb), *rest)
    triplets[place] = replace(triplets[place], legend=legend)
    return _with_triplets(subject, triplets, place)


def _another_frames_row(subject: Subject, rng: np.random.Generator) -> Planted | None:
    """Picture and target are another frame's, of the same scene; name, seed and camera are the frame's own."""
    triplets, others = list(subject.packed[0].triplets), subject.packed[1].triplets
    other = {triplet.task: triplet for triplet in others}
    place = int(rng.choice([place for place, triplet in enumerate(triplets) if triplet.task in other]))
    theirs = other[triplets[place].task]
    triplets[place] = replace(triplets[place], input_image_bytes=theirs.input_image_bytes, target_png=theirs.target_png)
    return _with_triplets(subject, triplets, place)


def _another_frames_frame(subject: Subject, rng: np.random.Generator) -> Planted | None:
    """The scene's first frame has the buffers and the picture of its second."""
    first, second = row_of(subject.shots[0]), row_of(subject.shots[1])
    image = {**first["image"], "bytes": second["image"]["bytes"]}  # type: ignore[dict-item, index]
    files = subject.with_packed(row={**first, "image": image, "exr": second["exr"]}).files
    name = subject.shots[0][1].frame_id
    return Planted(contents_of(files), (name, *(triplet.sample_id for triplet in subject.packed[0].triplets)))


def _dropped_from_table(subject: Subject, rng: np.random.Generator) -> Planted | None:
    row = row_of(subject.shots[0])
    objects = list(row["objects"])  # type: ignore[call-overload]
    del objects[int(rng.integers(len(objects)))]
    return Planted(contents_of(subject.with_packed(row={**row, "objects": objects}).files), (str(row["frame_id"]),))


def _doubled_row(subject: Subject, rng: np.random.Generator) -> Planted | None:
    """One triplet stands twice, in place of the one after it."""
    triplets = list(subject.packed[0].triplets)
    place = int(rng.integers(len(triplets) - 1))
    name = triplets[place + 1].sample_id
    triplets[place + 1] = triplets[place]
    return Planted(contents_of(subject.with_packed(triplets=tuple(triplets)).files), (name,))


ROWS: Mapping[str, Mutation] = {
    "a mask shifted by a pixel": Mutation(("targets",), _painted(MASKS, _shifted)),
    "two colors of a mask swapped": Mutation(("targets",), _painted(MASKS, _swapped)),
    "two colors of a legend swapped": Mutation(("prompts", "targets"), _swapped_legend),
    "a depth target as JPEG": Mutation(("targets",), _painted(("depth",), _compressed)),
    "a normals target as JPEG": Mutation(("targets",), _painted(("normals",), _compressed)),
    "a mask as JPEG": Mutation(("targets",), _painted(MASKS, _compressed)),
    "an object dropped from a mask": Mutation(("targets",), _painted(MASKS, _without_object)),
    "an object dropped from the table": Mutation(("ids",), _dropped_from_table),
    "another frame's triplet": Mutation(("plan",), _another_frames_row),
    "another frame's buffers": Mutation(("ids", "gates", "targets"), _another_frames_frame),
    "a triplet stored twice": Mutation(("complete",), _doubled_row),
}
"""What is planted -> who must name it, and how it is planted."""
