"""Error maps: where a prediction is off, in colours for people; light grey is what doesn't count.

Depth: |d - d*| / d*, from dark violet (0) to yellow (0.5 and more, or no depth). Normals: the angle, to 60 degrees and
more. Masks: each pixel by what truth and prediction say of it. Instances are matched first, as for pmF1; pixels of
instances and objects without a partner are wrong or missed as a whole.
"""

from collections.abc import Callable

import numpy as np
from jaxtyping import Bool, Float64, Int32, Shaped, UInt8

from scenegen.dataset.false_color import NOTHING, viridis
from scenegen.dataset.sheet import CELL_PX, Key
from scenegen.dataset.sheet_caption import LINE_PX
from scenegen.evaluate.cases import Case
from scenegen.evaluate.instances import matched_ids
from scenegen.evaluate.scores import object_numbers
from scenegen.evaluate.surfaces import angles_deg

_WORST_DEPTH = 0.5
_WORST_DEG = 60.0
_BAR_PX = 16

_RIGHT, _MISSED, _FALSE, _CONFUSED = (150, 205, 160), (40, 90, 200), (215, 60, 50), (245, 180, 40)
_COLORS = {"right": _RIGHT, "missed": _MISSED, "wrongly there": _FALSE, "another one": _CONFUSED}

ErrorMap = Callable[[Case, Shaped[np.ndarray, "h w *channels"]], UInt8[np.ndarray, "h w 3"]]
"""(case, decoded prediction) -> picture."""


def _depth(case: Case, decoded: Shaped[np.ndarray, "h w"]) -> UInt8[np.ndarray, "h w 3"]:
    counted = np.isfinite(case.truth)
    true_m = np.where(counted, case.truth, 1.0).astype(np.float64)
    error = np.abs(np.where(np.isfinite(decoded), decoded, 0.0) - true_m) / true_m
    return _painted(error / _WORST_DEPTH, counted)


def _normals(case: Case, decoded: Shaped[np.ndarray, "h w 3"]) -> UInt8[np.ndarray, "h w 3"]:
    angle_deg = np.where(decoded.any(axis=-1), angles_deg(decoded, case.truth), 180.0)
    return _painted(angle_deg / _WORST_DEG, case.truth.any(axis=-1))


def _regions(case: Case, decoded: Int32[np.ndarray, "h w"]) -> UInt8[np.ndarray, "h w 3"]:
    return _compared(case.truth + 1, decoded + 1)


def _instances(case: Case, decoded: Int32[np.ndarray, "h w"]) -> UInt8[np.ndarray, "h w 3"]:
    objects, ignored = object_numbers(case)
    partner = np.full(int(decoded.max(initial=0)) + 1, -1, np.int32)
    partner[0] = 0
    for instance, number in matched_ids(decoded, case.truth, objects).items():
        partner[instance] = number
    rgb = _compared(case.truth, partner[decoded])
    rgb[np.isin(case.truth, ignored)] = NOTHING
    return rgb


def _compared(true: Int32[np.ndarray, "h w"], predicted: Int32[np.ndarray, "h w"]) -> UInt8[np.ndarray, "h w 3"]:
    """Returns what is right and wrong between two maps in which 0 is background."""
    rgb = np.full((*true.shape, 3), NOTHING, np.uint8)
    rgb[(true > 0) & (predicted == true)] = _RIGHT
    rgb[(true > 0) & (predicted == 0)] = _MISSED
    rgb[(true == 0) & (predicted != 0)] = _FALSE
    rgb[(true > 0) & (predicted != 0) & (predicted != true)] = _CONFUSED
    return rgb


def _painted(error: Float64[np.ndarray, "h w"], counted: Bool[np.ndarray, "h w"]) -> UInt8[np.ndarray, "h w 3"]:
    rgb = viridis(np.clip(error, 0.0, 1.0))
    rgb[~counted] = NOTHING
    return rgb


def _scale(title: str, *ticks: str) -> Key:
    strip = np.tile(viridis(np.linspace(0, 1, CELL_PX)), (_BAR_PX, 1, 1))
    return Key(title, strip, tuple(zip(np.linspace(0, 1, len(ticks)).tolist(), ticks, strict=True)))


def _fields() -> Key:
    """Returns the colours of masks, one field above another, each beside its word."""
    fields = np.repeat(np.array(list(_COLORS.values()), np.uint8)[:, None], 2 * LINE_PX, axis=1)
    return Key("error", np.repeat(fields, LINE_PX, axis=0), text="\n".join(_COLORS))


ERROR_MAPS: dict[str, ErrorMap] = {
    "depth": _depth,
    "normals": _normals,
    "semantic": _regions,
    "instance": _instances,
    "referring": _regions,
}
KEYS: dict[str, Callable[[], Key]] = {
    "depth": lambda: _scale("error / true depth", "0", "0.25", "0.5 or more"),
    "normals": lambda: _scale("angle", "0°", "30°", "60° or more"),
    "semantic": _fields,
    "instance": _fields,
    "referring": _fields,
}
"""task -> how to read its error map."""
