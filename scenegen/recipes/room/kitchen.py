"""Kitchen: a run of counters along a wall, with sink, hob and oven, cupboards above it, and a refrigerator at its end.

A run is a row of modules; what stands in each is drawn. The basin hangs in a hole of the worktop.
"""

from dataclasses import dataclass

import numpy as np

from scenegen.recipes import materials
from scenegen.recipes.draws import uniform
from scenegen.recipes.room.built import Block, Element, around, block, built, fitted, free_spans, front, hollow
from scenegen.recipes.room.layout import Layout, against, placed
from scenegen.recipes.room.palette import Palette
from scenegen.recipes.room.shape import Span, Wall
from scenegen.recipes.room.stock import Stock, no_larger
from schemas.surface import Surface

_MODULE_M = 0.6
_DEEP_M = 0.56
_TOP_M = (0.87, 0.91)
_OVER_M = 1.42
"""Where wall cupboards begin."""
_FRIDGE_M = 0.68
_LEAST, _MOST = 3, 7
_BLACK = Surface(finish="plastic", color=(0.03, 0.03, 0.035), roughness=0.12)


@dataclass(frozen=True)
class Run:
    """A row of counters: what each module holds, from x = 0 on, and where wall cupboards end."""

    modules: tuple[str, ...]
    high_m: float
    slim: bool
    """Grips are gaps between fronts, not bars."""

    def span(self, number: int) -> Span:
        """Returns the ends of a module."""
        start_m = (number - len(self.modules) / 2) * _MODULE_M
        return start_m, start_m + _MODULE_M

    @property
    def ends_m(self) -> Span:
        """Of the whole run."""
        return self.span(0)[0], self.span(len(self.modules) - 1)[1]

    def of(self, name: str) -> Span:
        """Returns the ends of the module that holds something."""
        return self.span(self.modules.index(name))


def cooking(rng: np.random.Generator, layout: Layout, stock: Stock) -> Layout | None:
    """Returns the layout with a run of counters and a refrigerator, on two walls where one has enough left."""
    high_m = 2.0 if rng.random() < 0.75 else 0.9
    for wall in sorted(layout.shape.walls, key=lambda wall: -_longest(layout, wall, high_m)):
        grown = _with_run(rng, layout, stock, wall)
        if grown is not None:
            return _with_cupboards_opposite(rng, grown, stock) or grown
    return None


def _longest(layout: Layout, wall: Wall, high_m: float) -> float:
    """Returns the longest stretch of a wall that is free up to a height: higher than sills, without a window."""
    return max((high - low for low, high in free_spans(layout, wall, 0.64, (0.0, high_m))), default=0.0)


def _with_run(rng: np.random.Generator, layout: Layout, stock: Stock, wall: Wall) -> Layout | None:
    spans = free_spans(layout, wall, 0.64, (0.0, 0.9))
    if not spans or spans[0][1] - spans[0][0] < 2 * _MODULE_M:
        return None
    low, high = spans[0]
    fridge_m = _FRIDGE_M if high - low > _FRIDGE_M + _LEAST * _MODULE_M else 0.0
    count = min(int((high - low - fridge_m) / _MODULE_M + 1e-6), _MOST)
    from_start = rng.random() < 0.5
    start_m = low + fridge_m if from_start else high - fridge_m - count * _MODULE_M
    run = Run(_modules(rng, count), min(uniform(rng, 2.05, 2.25), layout.shape.height_m - 0.15), rng.random() < 0.35)
    middle_m = start_m + count * _MODULE_M / 2
    grown = fitted(layout, built(wall, middle_m, _counter(rng, run, stock.palette)), 0.7)
    if grown is None:
        return None
    grown = _with_high(rng, grown, stock, wall, middle_m, run)
    if fridge_m:
        at_m = low + fridge_m / 2 if from_start else high - fridge_m / 2
        grown = _with_fridge(rng, grown, stock, wall, at_m) or grown
    return grown


def _modules(rng: np.random.Generator, count: int) -> tuple[str, ...]:
    """Returns what stands where: sink and hob are apart where there is room, a dishwasher is beside the sink."""
    modules = [str(rng.choice(["doors", "drawers", "door"])) for _ in range(count)]
    hob = int(rng.integers(count))
    others = [number for number in range(count) if abs(number - hob) > (1 if count > 3 else 0)]
    sink = others[int(rng.integers(len(others)))]
    modules[hob], modules[sink] = "hob", "sink"
    beside = [number for number in (sink - 1, sink + 1) if 0 <= number < count and number != hob]
    if beside and rng.random() < 0.6:
        modules[beside[0]] = "dishwasher"
    return tuple(modules)


def _counter(rng: np.random.Generator, run: Run, palette: Palette) -> list[Element]:
    """Returns all that is no higher than the tap."""
    sink, hob, ends = run.of("sink"), run.of("hob"), run.ends_m
    hole = block((sink[0] + 0.07, sink[1] - 0.07), (0.12, 0.52), (0.7, 0.9))
    rest_z = (0.5, _TOP_M[1])
    edges = sorted((ends[0], *sink, *hob, ends[1]))
    rests = tuple(
        block((low + 0.01, high - 0.01), (0.03, 0.59), rest_z)
        for low, high in zip(edges[::2], edges[1::2], strict=True)
        if high - low > 0.2
    )
    worktop = around(ends, (0.0, 0.62), hole, _TOP_M)
    steel = materials.draw_metal(rng, (0.0, 0.1)).model_copy(update={"color": (0.72, 0.72, 0.73)})
    appliance = steel if rng.random() < 0.6 else _BLACK if rng.random() < 0.5 else palette.glaze
    return [
        Element("kitchen_cabinet", "kitchen cabinet", _carcass(run), palette.fronts),
        Element("kitchen_cabinet", "worktop", worktop, palette.worktop, rests),
        *_grips(run, palette),
        *_sink(hole, steel),
        *_hob(rng, hob, steel, appliance),
        *_dishwasher(run, appliance, steel),
    ]


def _carcass(run: Run) -> tuple[Block, ...]:
    """Bodies, plinths and fronts; the oven and the dishwasher have fronts of their own."""
    blocks: list[Block] = []
    for number, module in enumerate(run.modules):
        span = run.span(number)
        blocks.append(block(span, (0.03, 0.5), (0.0, 0.1)))
        blocks.append(block(span, (0.03, _DEEP_M), (0.1, 0.62 if module == "sink" else _TOP_M[0])))
        blocks += [front(each, _DEEP_M, z_m) for each, z_m in _fronts(span, module)]
    return tuple(blocks)


def _fronts(span: Span, module: str) -> list[tuple[Span, Span]]:
    low, high, middle = 0.1, _TOP_M[0], sum(span) / 2
    match module:
        case "doors" | "sink":
            return [((span[0], middle), (low, high)), ((middle, span[1]), (low, high))]
        case "drawers":
            levels = (low, 0.4, 0.66, high)
            return [(span, (levels[step], levels[step + 1])) for step in range(3)]
        case "door":
            return [(span, (low, 0.68)), (span, (0.68, high))]
        case _:
            return []


def _grips(run: Run, palette: Palette) -> list[Element]:
    """Returns bars on the fronts, upright on doors and level on drawers."""
    bars: list[Block] = []
    out_m = (_DEEP_M + 0.018, _DEEP_M + 0.045)
    for number, module in enumerate(run.modules):
        for span, z_m in _fronts(run.span(number), module):
            middle, level = sum(span) / 2, z_m[1] - 0.06
            bars.append(block((middle - 0.07, middle + 0.07), out_m, (level, level + 0.012)))
    return [] if run.slim or not bars else [Element("door_handle", "cabinet handle", tuple(bars), palette.metal)]


def _sink(hole: Block, steel: Surface) -> list[Element]:
    (x0, x1), (d0, d1) = hole.x_m, hole.d_m
    basin = hollow((x0 + 0.002, x1 - 0.002), (d0 + 0.002, d1 - 0.002), (0.72, 0.914), 0.012)
    x = (x0 + x1) / 2
    tap = (
        block((x - 0.016, x + 0.016), (0.06, 0.092), (_TOP_M[1], 1.03)),
        block((x - 0.012, x + 0.012), (0.092, 0.25), (1.008, 1.03)),
        block((x - 0.01, x + 0.01), (0.23, 0.25), (0.985, 1.008)),
        block((x + 0.016, x + 0.06), (0.07, 0.082), (0.96, 0.97)),
    )
    return [Element("kitchen_sink", "kitchen sink", basin, steel), Element("faucet", "faucet", tap, steel)]


def _hob(rng: np.random.Generator, span: Span, steel: Surface, appliance: Surface) -> list[Element]:
    """Returns a hob of glass or gas, with an oven below."""
    top, x = _TOP_M[1], sum(span) / 2
    slab = block((span[0] + 0.02, span[1] - 0.02), (0.07, 0.57), (top, top + 0.008))
    gas = rng.random() < 0.5
    low = block((span[0] + 0.003, span[1] - 0.003), (_DEEP_M, _DEEP_M + 0.02), (0.13, 0.74))
    panel = block((span[0] + 0.003, span[1] - 0.003), (_DEEP_M, _DEEP_M + 0.02), (0.745, 0.865))
    pane = block((span[0] + 0.07, span[1] - 0.07), (_DEEP_M + 0.02, _DEEP_M + 0.023), (0.24, 0.64))
    bar = block((span[0] + 0.06, span[1] - 0.06), (_DEEP_M + 0.035, _DEEP_M + 0.05), (0.685, 0.7))
    feet = [
        block((at - 0.008, at + 0.008), (_DEEP_M + 0.02, _DEEP_M + 0.035), (0.685, 0.7))
        for at in (span[0] + 0.08, span[1] - 0.08)
    ]
    knobs = [
        block((x + off - 0.017, x + off + 0.017), (_DEEP_M + 0.02, _DEEP_M + 0.04), (0.788, 0.822))
        for off in (-0.2, -0.12, 0.12, 0.2)
    ]
    elements = [
        Element("cooktop", "cooktop", (slab,), steel if gas else _BLACK, () if gas else (_rest(span, top + 0.008),)),
        Element("oven", "oven", (low, panel), appliance),
        Element("oven", "oven door", (pane,), _BLACK),
        Element("door_handle", "oven handle", (bar, *feet, *knobs), steel),
    ]
    grate = Element("cooktop", "burner grate", _grates(span), _BLACK, (_rest(span, top + 0.03),))
    return [*elements, grate] if gas else elements


def _rest(span: Span, top_m: float) -> Block:
    return block((span[0] + 0.1, span[1] - 0.1), (0.1, 0.54), (top_m - 0.01, top_m))


def _grates(span: Span) -> tuple[Block, ...]:
    """Returns bars over four burners, just above the steel."""
    z_m, x = (_TOP_M[1] + 0.008, _TOP_M[1] + 0.03), sum(span) / 2
    lengthwise = [block((x + off - 0.006, x + off + 0.006), (0.1, 0.54), z_m) for off in (-0.2, -0.07, 0.07, 0.2)]
    return tuple(lengthwise)


def _dishwasher(run: Run, appliance: Surface, steel: Surface) -> list[Element]:
    if "dishwasher" not in run.modules:
        return []
    span = run.of("dishwasher")
    door = block((span[0] + 0.003, span[1] - 0.003), (_DEEP_M, _DEEP_M + 0.02), (0.103, 0.867))
    bar = block((span[0] + 0.08, span[1] - 0.08), (_DEEP_M + 0.02, _DEEP_M + 0.04), (0.8, 0.812))
    return [
        Element("dishwasher", "dishwasher", (door,), appliance),
        Element("door_handle", "dishwasher handle", (bar,), steel),
    ]


def _with_high(  # noqa: PLR0913, PLR0917 - one run at one place
    rng: np.random.Generator, layout: Layout, stock: Stock, wall: Wall, middle_m: float, run: Run
) -> Layout:
    """Adds cupboards, a hood over the hob, and what guards the wall from splashes, where no window is."""
    tiles = materials.draw_wall_tiles(rng)
    shelves = rng.random() < 0.2
    for number, module in enumerate(run.modules):
        span = run.span(number)
        elements = [Element("wall", "backsplash", (block(span, (0.0, 0.01), (_TOP_M[1], _OVER_M)),), tiles)]
        if module == "hob":
            elements += _hood(rng, span, layout.shape.height_m, stock.palette)
        elif shelves:
            elements += _open_shelves(span, stock.palette)
        else:
            elements += _cupboard(span, run, stock.palette)
        layout = fitted(layout, built(wall, middle_m, elements)) or layout
    return layout


def _cupboard(span: Span, run: Run, palette: Palette) -> list[Element]:
    middle, z_m, out_m = sum(span) / 2, (_OVER_M, run.high_m), (0.348, 0.375)
    leaves = [((span[0], middle), -1.0), ((middle, span[1]), 1.0)]
    blocks = (block(span, (0.0, 0.33), z_m), *(front(each, 0.33, z_m) for each, _ in leaves))
    bars = [block((middle + 0.05 * side, middle + 0.05 * side + 0.012), out_m, (1.47, 1.62)) for _, side in leaves]
    elements = [Element("wall_cabinet", "wall cabinet", blocks, palette.fronts)]
    return elements if run.slim else [*elements, Element("door_handle", "cabinet handle", tuple(bars), palette.metal)]


def _open_shelves(span: Span, palette: Palette) -> list[Element]:
    boards = [block(span, (0.0, 0.24), (z, z + 0.025)) for z in (_OVER_M, _OVER_M + 0.34)]
    rests = tuple(block((span[0] + 0.01, span[1] - 0.01), (0.02, 0.23), (1.0, each.z_m[1])) for each in boards)
    return [Element("wall_shelf", "wall shelf", tuple(boards), palette.worktop, rests)]


def _hood(rng: np.random.Generator, span: Span, height_m: float, palette: Palette) -> list[Element]:
    low_m, x = uniform(rng, 1.55, 1.68), sum(span) / 2
    canopy = block((span[0] + 0.01, span[1] - 0.01), (0.0, 0.48), (low_m, low_m + 0.06))
    duct = block((x - 0.14, x + 0.14), (0.0, 0.27), (low_m + 0.06, height_m))
    return [Element("kitchen_hood", "kitchen hood", (canopy, duct), palette.metal)]


def _with_fridge(rng: np.random.Generator, layout: Layout, stock: Stock, wall: Wall, along_m: float) -> Layout | None:
    record = stock.pick(rng, ("refrigerator",), "floor", no_larger(_FRIDGE_M - 0.02, 0.75, 2.1))
    if record is not None and rng.random() < 0.6:
        grown = placed(layout, against(wall, record, along_m, 0.02).wanting(0.5))
        if grown is not None:
            return grown
    high_m, wide_m, split_m = uniform(rng, 1.6, 2.0), 0.6, uniform(rng, 0.6, 0.8)
    body = materials.draw_metal(rng, (0.0, 0.1)) if rng.random() < 0.4 else stock.palette.glaze
    x_m = (-wide_m / 2, wide_m / 2)
    blocks = (
        block(x_m, (0.04, 0.6), (0.03, high_m)),
        front(x_m, 0.6, (0.05, split_m), 0.05),
        front(x_m, 0.6, (split_m + 0.006, high_m), 0.05),
        block((x_m[0] + 0.03, x_m[1] - 0.03), (0.06, 0.58), (0.0, 0.03)),
    )
    bars = (
        block((-0.26, -0.24), (0.65, 0.685), (split_m - 0.3, split_m - 0.04)),
        block((-0.26, -0.24), (0.65, 0.685), (split_m + 0.05, split_m + 0.4)),
    )
    top = (block((x_m[0] + 0.03, x_m[1] - 0.03), (0.06, 0.58), (1.0, high_m)),)
    elements = [
        Element("refrigerator", "refrigerator", blocks, body, top),
        Element("door_handle", "refrigerator handle", bars, stock.palette.metal),
    ]
    return fitted(layout, built(wall, along_m, elements), 0.5)


def _with_cupboards_opposite(rng: np.random.Generator, layout: Layout, stock: Stock) -> Layout | None:
    """Adds a low row of cupboards on another wall, where it is free: without sink and hob."""
    if rng.random() < 0.4:
        return None
    walls = sorted(layout.shape.walls, key=lambda wall: -_longest(layout, wall, 0.9))
    spans = free_spans(layout, walls[0], 0.64, (0.0, 0.9))
    if not spans or spans[0][1] - spans[0][0] < 2 * _MODULE_M:
        return None
    count = int(rng.integers(2, min(int((spans[0][1] - spans[0][0]) / _MODULE_M + 1e-6), 4) + 1))
    run = Run(tuple(str(rng.choice(["doors", "drawers"])) for _ in range(count)), 2.1, bool(rng.random() < 0.35))
    ends = run.ends_m
    slab = block(ends, (0.0, 0.62), _TOP_M)
    rest = block((ends[0] + 0.02, ends[1] - 0.02), (0.03, 0.6), (0.5, _TOP_M[1]))
    elements = [
        Element("kitchen_cabinet", "kitchen cabinet", _carcass(run), stock.palette.fronts),
        Element("kitchen_cabinet", "worktop", (slab,), stock.palette.worktop, (rest,)),
        *_grips(run, stock.palette),
    ]
    return fitted(layout, built(walls[0], spans[0][0] + count * _MODULE_M / 2, elements), 0.7)
