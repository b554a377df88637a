"""Books and bookcases."""

from dataclasses import dataclass

import numpy as np

from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.case import BOARD_M
from assets_catalog.sources.builtin.shapes.shape import Layer, Shape, carries
from assets_catalog.sources.builtin.shapes.solids import Solid, box

_COVERS = 9


def book(rng: np.random.Generator) -> Shape:
    """Returns one lying book, or a small stack."""
    layers: list[Layer] = []
    height, top = 0.0, (0.0, 0.0)
    for _ in range(int(rng.integers(1, 5))):
        width, depth, thickness = (
            float(rng.uniform(0.13, 0.2)),
            float(rng.uniform(0.2, 0.28)),
            float(rng.uniform(0.016, 0.042)),
        )
        angle, shift = float(rng.uniform(-0.2, 0.2)), rng.uniform(-0.012, 0.012, size=2)
        cover, pages = _lying_book(width, depth, thickness)
        place = float(shift[0]), float(shift[1]), height
        layers.append((looks.vivid(rng, "paper:cover", 0.5), [part.turned("z", angle).moved(*place) for part in cover]))
        layers.append((looks.WHITE_PAPER, [pages.turned("z", angle).moved(*place)]))
        height, top = height + thickness, (float(shift[0]), float(shift[1]))
    return Shape(layers, (carries(0.09, 0.12, height, *top),))


def _lying_book(width_m: float, depth_m: float, thickness_m: float) -> tuple[list[Solid], Solid]:
    """Returns covers and spine, and the block of pages set back between them."""
    x, y, board = 0.5 * width_m, 0.5 * depth_m, 0.0025
    covers = [box((-x, -y, z), (x, y, z + board), 0.0006) for z in (0.0, thickness_m - board)]
    spine = box((-x, -y, 0.0005), (-x + 0.003, y, thickness_m - 0.0005), 0.0006)
    pages = box((-x + 0.002, -y + 0.004, 0.5 * board), (x - 0.004, y - 0.004, thickness_m - 0.5 * board), 0.0005)
    return [*covers, spine], pages


def bookcase(rng: np.random.Generator) -> Shape:
    """Returns an open bookcase with rows of books on its boards."""
    width, depth = float(rng.uniform(0.7, 1.0)), float(rng.uniform(0.28, 0.34))
    rows = int(rng.integers(3, 7))
    pitch = float(rng.uniform(0.3, 0.36))
    height = 0.06 + rows * pitch + BOARD_M
    x, y = 0.5 * width, 0.5 * depth
    levels = [0.06 + row * pitch for row in range(rows + 1)]
    sides = [box((at, -y, 0.0), (at + BOARD_M, y, height), 0.002) for at in (-x, x - BOARD_M)]
    boards = [box((-x + BOARD_M, -y + 0.002, z), (x - BOARD_M, y - 0.002, z + BOARD_M), 0.002) for z in levels]
    back = box((-x + BOARD_M, y - 0.008, 0.06), (x - BOARD_M, y - 0.002, height - 0.002), 0.001)
    plinth = box((-x + BOARD_M, -y + 0.02, 0.0), (x - BOARD_M, -y + 0.035, 0.06), 0.001)
    covers = [looks.vivid(rng, "paper:cover", 0.6) for _ in range(_COVERS)]
    placed = [
        _Shelf(x - BOARD_M, y, z + BOARD_M, pitch - BOARD_M).filled(rng, float(rng.uniform(0.2, 0.95)))
        for z in levels[:-1]
    ]
    volumes = [(covers[int(rng.integers(_COVERS))], [volume]) for shelf in placed for volume in shelf]
    top = (carries(width - 0.06, depth - 0.04, height),) if height < 1.45 else ()
    return Shape([(looks.wood_or_paint(rng), [*sides, *boards, back, plinth]), *volumes], top)


def shelved(
    rng: np.random.Generator, half_and_floor_m: tuple[float, float, float], clear_m: float, share: float
) -> list[Layer]:
    """Returns books on a board, given as half its width, half its depth and its height; `share`: how full it is."""
    half_x, half_y, floor = half_and_floor_m
    covers = [looks.vivid(rng, "paper:cover", 0.6) for _ in range(_COVERS)]
    volumes = _Shelf(half_x, half_y, floor, clear_m).filled(rng, share)
    return [(covers[int(rng.integers(_COVERS))], [volume]) for volume in volumes]


@dataclass(frozen=True)
class _Shelf:
    """The room above one board; metres."""

    half_x: float
    half_y: float
    floor: float
    clear: float
    """Height up to the next board."""

    def filled(self, rng: np.random.Generator, share: float) -> list[Solid]:
        """Returns books from the left: upright ones, a leaning one at the end of a row, a lying stack."""
        x, stop = -self.half_x + 0.004, self.half_x * share
        volumes = []
        while x < stop - 0.08:
            thickness = float(rng.uniform(0.014, 0.048))
            volumes.append(self._upright(rng, x, thickness))
            x += thickness + 0.0008
        return volumes + self._leaning(rng, x) + self._stack(rng, x + 0.14)

    def _upright(self, rng: np.random.Generator, x_m: float, thickness_m: float) -> Solid:
        height = min(0.32, self.clear) * float(rng.uniform(0.58, 0.9))
        depth = min(float(rng.uniform(0.14, 0.2)), 2 * self.half_y - 0.05)
        front = -self.half_y + float(rng.uniform(0.015, 0.04))
        return box((x_m, front, self.floor), (x_m + thickness_m, front + depth, self.floor + height), 0.002)

    def _leaning(self, rng: np.random.Generator, x_m: float) -> list[Solid]:
        """Returns a book that leans on the row to its left, its lower right edge on the board."""
        thickness, height, angle = 0.025, 0.72 * min(0.32, self.clear), float(rng.uniform(0.12, 0.3))
        reach = height * np.sin(angle) + thickness * np.cos(angle)
        if x_m + reach > self.half_x - 0.01:
            return []
        front = -self.half_y + 0.03
        tilted = box((0.0, front, 0.0), (thickness, front + min(0.16, 2 * self.half_y - 0.05), height), 0.002).turned(
            "y", -angle
        )
        low, left = tilted.vertices_m[:, 2].min(), tilted.vertices_m[:, 0].min()
        return [tilted.moved(x_m - float(left) + 0.001, 0.0, self.floor - float(low))]

    def _stack(self, rng: np.random.Generator, x_m: float) -> list[Solid]:
        """Returns books lying on each other, where there is room for them."""
        if x_m + 0.2 > self.half_x:
            return []
        solids, z = [], self.floor
        for _ in range(int(rng.integers(0, 5))):
            thickness, width = float(rng.uniform(0.02, 0.04)), float(rng.uniform(0.15, 0.19))
            start = x_m + float(rng.uniform(0, 0.01))
            front = -self.half_y + float(rng.uniform(0.02, 0.04))
            solids.append(
                box((start, front, z), (start + width, front + min(0.2, 2 * self.half_y - 0.05), z + thickness), 0.002)
            )
            z += thickness
        return solids
