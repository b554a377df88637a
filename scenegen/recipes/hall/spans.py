"""Spans: boxes as six numbers while a hall is drawn, for there are thousands; at the end they become a plan's."""

from collections.abc import Iterable, Sequence

from scenegen.recipes.thing import Pose, Thing
from schemas.geometry import Vec3
from schemas.scene_plan import Box
from schemas.surface import Surface

Span = tuple[float, float, float, float, float, float]
"""Lowest x, y, z, then highest."""


def box(low_m: Vec3, high_m: Vec3) -> Span:
    """Returns the box between two corners."""
    return *low_m, *high_m


def moved(spans: Iterable[Span], by_m: Vec3) -> list[Span]:
    """Returns boxes elsewhere."""
    x, y, z = by_m
    return [(a + x, b + y, c + z, d + x, e + y, f + z) for a, b, c, d, e, f in spans]


def bounds_of(spans: Iterable[Span]) -> Span:
    """Returns the box around some boxes."""
    a, b, c, d, e, f = zip(*spans, strict=True)
    return min(a), min(b), min(c), max(d), max(e), max(f)


def boxes_of(spans: Iterable[Span]) -> tuple[Box, ...]:
    """Returns them as a plan has them. They aren't validated one by one, which would take most of the planning."""
    return tuple(
        Box.model_construct(
            center_m=((a + d) / 2, (b + e) / 2, (c + f) / 2), size_m=(float(d - a), float(e - b), float(f - c))
        )
        for a, b, c, d, e, f in spans
    )


def of_spans(  # noqa: PLR0913, PLR0917 - all that a thing is
    class_name: str,
    label: str,
    where: Pose,
    spans: Sequence[Span],
    surface: Surface,
    carrier: Thing | None = None,
) -> Thing:
    """Returns a thing of boxes in its own axes."""
    return Thing(class_name, label, where, boxes_of(spans), (), surface, carrier=carrier)
