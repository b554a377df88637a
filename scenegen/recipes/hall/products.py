"""Products: what stands on the shelves of a shop, facing by facing: packs, tins, bottles, jars.

Near the focus a facing is a model of the catalog, or a box of its own; a little farther one object holds what is alike
on a board, far off what is alike on a whole shelf.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assets_catalog.record import AssetRecord
from scenegen.recipes.draws import uniform
from scenegen.recipes.hall.gondolas import BAY_M, BOARD_M, Gondola
from scenegen.recipes.hall.heaps import Heaps
from scenegen.recipes.hall.site import OVER_M, Site, one
from scenegen.recipes.hall.spans import Span, box
from scenegen.recipes.materials import charts, draw_recolor
from scenegen.recipes.materials.draw import Stuff
from scenegen.recipes.thing import Thing, of_record
from schemas.geometry import Vec3
from schemas.surface import Recolor, Surface

_MODELS, _SINGLE, _BOARDS, _FINE_M = 6, 2, 20, 9.0
"""Boards, nearest first: with models of the catalog; whose facings are objects; that are objects. How near facings are
planned one by one."""
_FAR_M = 6.0
"""Beyond, what is alike on both sides of a shelf is one object."""
_PACKAGES = charts.STRONG + charts.STRONG + charts.OFF_WHITES + charts.ACCENTS + charts.PAPERS


@dataclass(frozen=True)
class Product:
    """One kind of goods."""

    class_name: str
    label: str
    size_m: Vec3
    surface: Surface
    has_neck: bool = False
    model: AssetRecord | None = None
    recolored: tuple[Recolor, ...] = ()

    @property
    def many(self) -> str:
        """Returns what several are called."""
        return self.label.replace("box", "boxe") + "s"


@dataclass(frozen=True)
class Board:
    """One bay of one board, full of one product."""

    product: Product
    from_m: float
    back_m: float
    side: int
    top_m: float
    free_m: float
    """Height above it."""
    run: int
    shelf: Thing
    reach_m: float


def draw_products(rng: np.random.Generator, site: Site) -> list[Product]:
    """Returns what a shop sells."""
    products = [_pack(rng) for _ in range(13)] + [_tin(rng) for _ in range(3)] + [_bottle(rng) for _ in range(5)]
    records = [
        record
        for name in ("bottle", "jar", "box", "can", "toiletry", "basket", "vase", "bowl", "pan", "toy", "candle", "cup")
        for record in site.records(name)
        if record.triangles < 9000
        and 0.08 < record.size_m[2] < 0.3
        and max(record.size_m[:2]) < 0.33
        and record.placement in ("surface", "floor")
    ]
    own = rng.spawn(1)[0]
    packed = [_as_model(own, product, [each for each in records if each.class_name == product.class_name])
              for product in products]  # fmt: skip
    return packed + [_of_model(rng, one(rng, records), one(rng, products).surface) for _ in range(9 if records else 0)]


def _as_model(rng: np.random.Generator, product: Product, records: Sequence[AssetRecord]) -> Product:
    """Returns a product as one of the catalog's, where it has its like: tins and bottles always, half of the packs."""
    alike = [record for record in records if "carton" in record.label or product.class_name != "box"]
    if not alike or (product.class_name == "box" and rng.random() < 0.5):
        return product
    return _of_model(rng, one(rng, alike), product.surface)


def _of_model(rng: np.random.Generator, record: AssetRecord, surface: Surface) -> Product:
    """Returns a product of a model; far off it is a box in the model's own colour."""
    recolored = draw_recolor(rng, record, 0.6)
    main = max(record.parts, key=lambda part: part.area_share, default=None)
    color = recolored[0].color if recolored else main.color if main else surface.color
    far = surface.model_copy(update={"color": color})
    return Product(
        record.class_name, record.label, record.size_m, far, record.class_name == "bottle", record, recolored
    )


def _pack(rng: np.random.Generator) -> Product:
    size = one(
        rng,
        (
            (0.19, 0.07, 0.29),
            (0.14, 0.06, 0.2),
            (0.1, 0.1, 0.12),
            (0.24, 0.12, 0.16),
            (0.08, 0.05, 0.16),
            (0.22, 0.12, 0.18),
            (0.12, 0.08, 0.08),
        ),
    )
    if rng.random() < 0.5:  # printed: what papers a wall papers a box
        finish = Stuff("wallpaper", _PACKAGES, second=_PACKAGES, roughness=(0.3, 0.6), scale_m=(0.06, 0.2))
    else:
        finish = Stuff("paper" if rng.random() < 0.5 else "plastic", _PACKAGES, roughness=(0.25, 0.6), wear=(0.0, 0.1))
    surface = finish.drawn(rng)
    return Product("box", one(rng, ("pack", "packet", "carton")), size, surface)


def _tin(rng: np.random.Generator) -> Product:
    wide, high = uniform(rng, 0.065, 0.085), uniform(rng, 0.08, 0.13)
    return Product("can", "tin", (wide, wide, high), Stuff("plastic", _PACKAGES, roughness=(0.2, 0.4)).drawn(rng))


def _bottle(rng: np.random.Generator) -> Product:
    wide, high = uniform(rng, 0.07, 0.1), uniform(rng, 0.2, 0.33)
    surface = Stuff("plastic", charts.STRONG + charts.ACCENTS + charts.TRIMS, roughness=(0.1, 0.3)).drawn(rng)
    return Product("bottle", "bottle", (wide, wide, high), surface, True)


def stock(  # noqa: PLR0913, PLR0917 - measures
    rng: np.random.Generator, site: Site, gondola: Gondola, shelf: Thing, products: Sequence[Product], run: int
) -> list[Board]:
    """Draws what stands on each board; neighbours are often alike, one in twenty is sold out."""
    boards: list[Board] = []
    own = [one(rng, products) for _ in range(6)]
    ends = (*gondola.levels_m[1:], gondola.high_m + 0.12)
    for side in gondola.sides:
        for top, end in zip(gondola.levels_m, ends, strict=True):
            product = one(rng, own)
            for bay in range(gondola.bays):
                product = one(rng, own) if rng.random() < 0.62 else product
                x, y = gondola.start_m + bay * BAY_M, gondola.middle_m + side * 0.02
                if product.size_m[2] > end - top - 0.04 or rng.random() < 0.05:
                    continue
                reach = math.dist((x + BAY_M / 2, y + side), site.hall.focus_m) + 0.8 * abs(top - 1.1)
                boards.append(Board(product, x, y, side, top + OVER_M, end - top, run, shelf, reach))
    return boards


def put_products(rng: np.random.Generator, site: Site, boards: Sequence[Board]) -> None:
    """Adds all products."""
    nearest = sorted(boards, key=lambda board: board.reach_m)
    models = [board for board in nearest[:_BOARDS] if board.product.model][:_MODELS]
    plain = [board for board in nearest[:_BOARDS] if not board.product.model][:_SINGLE]
    own, single = {id(board) for board in nearest[:_BOARDS]}, {id(board) for board in plain}
    modelled, heaps = {id(board) for board in models}, Heaps(site)
    for board in boards:
        if id(board) in modelled:
            _put_models(rng, site, board)
            continue
        product, is_fine = board.product, board.reach_m < _FINE_M or id(board) in own
        facings = _facings(rng, board, is_fine, id(board) in own)
        many = (product.class_name, product.many)
        if id(board) in single:
            for facing in facings:
                site.boxes(product.class_name, product.label, facing, product.surface, board.shelf)
        elif id(board) in own:
            site.boxes(*many, [each for facing in facings for each in facing], product.surface, board.shelf)
        else:
            key = board.run, board.side if board.reach_m < _FAR_M else 0, id(product)
            heaps.put(key, *many, product.surface, [each for facing in facings for each in facing], board.shelf)
    heaps.flush()


def _facings(rng: np.random.Generator, board: Board, is_fine: bool, is_stacked: bool) -> list[list[Span]]:
    """Returns the boxes of each facing: a column from the front to the back of the board, or its first three."""
    wide, deep, high = board.product.size_m
    pitch = wide * (1.0 if is_fine else 1.5) + 0.008
    count = int((BAY_M - 0.06) / pitch)
    layers = max(min(int((board.free_m - 0.1) / (high + 0.002)), 3 if high < 0.14 else 1), 1)
    left = int(rng.integers(max(count // 2, 1), count + 1)) if rng.random() < 0.25 else count
    front = board.back_m + board.side * (BOARD_M - 0.02)
    facings = []
    for number in range(left):
        x = board.from_m + 0.03 + (number + 0.5) * pitch
        pull = float(rng.uniform(0.0, 0.05))
        rows = max(min(int((BOARD_M - 0.08) / (deep + 0.006)), 3), 1) if is_stacked else 1
        boxes: list[Span] = []
        for row in range(rows):
            ends = (0.0, deep) if is_stacked else (0.0, max(deep, BOARD_M - 0.12))
            near = front - board.side * (pull + row * (deep + 0.006))
            y = sorted((near - board.side * ends[0], near - board.side * ends[1]))
            for layer in range(layers if is_stacked else 1):
                low = board.top_m + layer * (high + 0.002)
                top = low + (high if is_stacked else layers * (high + 0.002))
                hx = pitch / 2 - 0.004
                shoulder = low + 0.72 * (top - low) if board.product.has_neck else top
                boxes.append(box((x - hx, y[0], low), (x + hx, y[1], shoulder)))
                if board.product.has_neck:
                    thin, middle = 0.014, (y[0] + y[1]) / 2 if is_stacked else near - board.side * deep / 2
                    boxes.append(box((x - thin, middle - thin, shoulder), (x + thin, middle + thin, top)))
        facings.append(boxes)
    return facings


def _put_models(rng: np.random.Generator, site: Site, board: Board) -> None:
    """Adds a model for each facing of the first row, and of the second where they are deep enough."""
    product = board.product
    if product.model is None:
        return
    wide, deep, _ = product.size_m
    pitch = wide + uniform(rng, 0.012, 0.03)
    count = min(int((BAY_M - 0.06) / pitch), 9)
    front = board.back_m + board.side * (BOARD_M - 0.03)
    for number in range(count):
        if rng.random() < 0.1:
            continue
        x = board.from_m + 0.05 + (number + 0.5) * pitch
        y = front - board.side * (deep / 2 + float(rng.uniform(0.0, 0.04)))
        yaw = (0.0 if board.side < 0 else math.pi) + float(rng.normal(0.0, 0.02))
        site.add(of_record(product.model, (x, y, board.top_m), yaw, product.recolored, board.shelf))
