"""Other colours for depth: plasma, inferno, viridis and grayscale, from position 0 (near) to 1 (no surface).

The paper trained with them too (arXiv:2604.20329), but states neither their normalisation nor their wording; here they
take the same position on the curve as `scenegen.encoders.hilbert` does. The first three are the public tables of 256
colours (`color_maps.json`, CC0), joined by straight lines; grayscale is the line from black to white.

8 bits leave a map one level for each colour that the line rounds to. A level stands for the middle of its stretch of
positions; the last stands for 1, so that no surface is the last colour, and back. `bound` is how far a position may lie
from its level's, which is 1/3570 on the path of `hilbert`:

    plasma      687 levels  bound 1/586  no surface (240, 249, 33)
    inferno     904 levels  bound 1/629  no surface (252, 255, 164)
    viridis     689 levels  bound 1/472  no surface (253, 231, 37)
    grayscale   256 levels  bound 1/510  no surface (255, 255, 255)

Any RGB projects: it takes the nearest colour of the line, the nearer depth where several are as near.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
from jaxtyping import Float64, Shaped, UInt8, UInt16

from scenegen.encoders.nearest_level import look_up, nearest_levels


@dataclass(frozen=True, eq=False)
class ColorMap:
    """One line through the RGB cube, as the levels that 8 bits leave of it."""

    colors: UInt8[np.ndarray, "levels 3"]
    """The colour of each level."""
    edges: Float64[np.ndarray, " edges"]
    """Where the levels begin, and 1 after them."""

    @cached_property
    def positions(self) -> Float64[np.ndarray, " levels"]:
        """Returns what each level stands for."""
        middles = (self.edges[1:] + self.edges[:-1]) / 2
        return np.append(middles[:-1], 1.0)

    @cached_property
    def reach(self) -> Float64[np.ndarray, " levels"]:
        """Returns how far a position of each level lies at most from what the level stands for."""
        return np.maximum(self.positions - self.edges[:-1], self.edges[1:] - self.positions)

    @property
    def bound(self) -> float:
        """Returns how far a position lies from that of its level at most."""
        return float(self.reach.max())

    def draw(self, position: Float64[np.ndarray, "*shape"]) -> UInt8[np.ndarray, "*shape 3"]:
        """Returns the colours at `position`, in [0, 1]."""
        return self.colors[np.searchsorted(self.edges[1:-1], position, side="right")]

    def project(self, rgb: UInt8[np.ndarray, "*shape 3"]) -> Float64[np.ndarray, "*shape"]:
        """Returns the positions of the levels nearest to any colours."""
        return self.look_up(rgb, self.positions)

    def look_up(
        self, rgb: UInt8[np.ndarray, "*shape 3"], of_level: Shaped[np.ndarray, " levels"]
    ) -> Shaped[np.ndarray, "*shape"]:
        """Returns what `of_level` holds for the levels nearest to any colours; the first call takes 0.4 s longer."""
        return look_up(rgb, self._nearest, of_level)

    @cached_property
    def _nearest(self) -> UInt16[np.ndarray, "16777216"]:
        return nearest_levels(self.colors)


def color_map_through(vertices: Float64[np.ndarray, "vertices 3"]) -> ColorMap:
    """Returns the map along straight lines between colours, of channels in [0, 1], at equal steps of position."""
    last = len(vertices) - 1
    cuts = np.unique(np.concatenate([_cuts(255 * channel) for channel in vertices.T])) / last
    edges = np.concatenate([[0.0], cuts[(cuts > 0) & (cuts < 1)], [1.0]])
    middles = (edges[1:] + edges[:-1]) / 2
    channels = [np.interp(middles, np.arange(last + 1) / last, channel) for channel in vertices.T]
    return ColorMap(np.rint(255 * np.stack(channels, axis=-1)).astype(np.uint8), edges)


def _cuts(channel: Float64[np.ndarray, " vertices"]) -> Float64[np.ndarray, " cuts"]:
    """Returns where a channel, rounded, changes, counted in vertices."""
    cuts = []
    for vertex, (start, stop) in enumerate(pairwise(channel)):
        low, high = np.ceil(sorted((start - 0.5, stop - 0.5)))
        cuts.append(vertex + (np.arange(low, high) + 0.5 - start) / (stop - start))
    return np.concatenate(cuts)


def _published() -> dict[str, ColorMap]:
    stored = json.loads(Path(__file__).with_suffix(".json").read_text())
    return {name: color_map_through(np.array(colors)) for name, colors in stored["maps"].items()}


COLOR_MAPS: dict[str, ColorMap] = {
    **_published(),
    "grayscale": color_map_through(np.array([[0.0, 0.0, 0.0], [1.0, 1.0, 1.0]])),
}
"""The maps by the names that prompts give them."""
