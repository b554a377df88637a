"""Recipe room: one room, straight or L-shaped, or two with a doorway, planned from the shell to the small things.

Every part draws from a stream of its own, named below, so that a change to one part leaves the others as they were.
Furniture is drawn anew, from the next of its streams, until a room has its pieces, a floor to walk on and places from
which a usual camera sees enough; the run's own camera has no say in that. After the last attempt the best one is taken.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice

from assets_catalog.catalog import Catalog
from assets_catalog.record import AssetRecord
from scenegen.recipes.lens import draw_sizes
from scenegen.recipes.materials import Place, draw_recolor
from scenegen.recipes.recipe import Recipe, Scenery
from scenegen.recipes.room.arrange import furnish
from scenegen.recipes.room.cameras import distinct, draw_candidates, free_stands, plan_views, rigs_of_views
from scenegen.recipes.room.curtains import plan_curtains
from scenegen.recipes.room.floor_things import with_floor_things
from scenegen.recipes.room.joinery import plan_door, plan_open_leaf, plan_passage, plan_window
from scenegen.recipes.room.kinds import KINDS
from scenegen.recipes.room.layout import Layout, empty_layout, is_rug
from scenegen.recipes.room.lighting import Daytime, plan_daytime, plan_lights, plan_outlook, under
from scenegen.recipes.room.neighbours import with_lit_windows
from scenegen.recipes.room.outside import plan_outside
from scenegen.recipes.room.palette import Palette, in_sets, next_door, plan_palette
from scenegen.recipes.room.piece import Piece, numbered
from scenegen.recipes.room.plates import with_plates
from scenegen.recipes.room.reach import reachable_share
from scenegen.recipes.room.rooms import Room, plan_rooms
from scenegen.recipes.room.shape import Shape
from scenegen.recipes.room.shell import plan_shell
from scenegen.recipes.room.sight import Interior
from scenegen.recipes.room.small_things import plan_small_things
from scenegen.recipes.room.stock import Stock
from scenegen.recipes.room.wall_things import with_ceiling_lamps, with_radiators, with_wall_things
from schemas.errors import CatalogError
from schemas.ranges import IntRange
from schemas.recipe_specs import RoomSpec
from schemas.run_spec import CameraSpec, RunSpec
from schemas.scene_plan import Environment, PlannedObject, Sky, View
from schemas.seeds import rng_for

_ATTEMPTS = 10
_LEAST_REACH = 0.1
"""Share of the floor that must be walkable from the door."""
_HEARTLESS = 5
"""So many pieces are missing where a room lacks what it is for."""
_SURVEY_CANDIDATES = 24
_SURVEY_VIEWS = 2
_CURTAINED: Mapping[Place, float] = {"kitchen": 0.25, "bath": 0.0, "corridor": 0.2, "office": 0.4}
"""How often a room has curtains; 0.6 where nothing is said."""
_BUILT_IN = frozenset(
    {
        *("kitchen_cabinet", "wall_cabinet", "oven", "refrigerator", "dishwasher", "kitchen_hood", "kitchen_sink"),
        *("bathtub", "shower", "washbasin", "toilet", "cabinet", "mirror"),
        *("shoe_rack", "console_table", "coat_hook", "clothes"),
    }
)


@dataclass(frozen=True)
class Bare:
    """The rooms before their furniture."""

    rooms: tuple[Room, ...]
    palettes: tuple[Palette, ...]
    empty: tuple[Layout, ...]
    """One for each room, with its curtains and what stands open in it."""
    daytime: Daytime
    sky: Sky
    environment: Environment | None
    fixed: tuple[Piece, ...]

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """Of the rooms."""
        return tuple(room.shape for room in self.rooms)


@dataclass(frozen=True)
class Contents:
    """What the rooms hold, and how far it meets what is asked: higher is better, `enough` is all of it."""

    interior: Interior
    merit: float
    enough: bool


def plan_room(seed: int, spec: RunSpec, catalog: Catalog) -> Scenery:
    """Returns one room or two: a pure function of its arguments.

    Raises CatalogError if the catalog has nothing that stands on a floor, SpecError for kinds and shapes unknown.
    """
    if not catalog.has_placement("floor"):
        raise CatalogError(f"catalog '{catalog.name}': a room needs assets for the floor, and this split has none")
    bare = _bare_rooms(seed, spec.room, catalog)
    stocks = [Stock(catalog, palette) for palette in bare.palettes]
    interior = _best_contents(seed, spec.room, bare, stocks).interior
    return Scenery(
        objects=_recolored(seed, numbered((*bare.fixed, *interior.pieces)), catalog),
        lights=plan_lights(rng_for(seed, "lights"), _as_one(bare.shapes), bare.daytime, interior.pieces),
        sky=bare.sky,
        environment=bare.environment,
        views=_views(seed, spec, interior),
    )


def _recolored(seed: int, objects: Sequence[PlannedObject], catalog: Catalog) -> tuple[PlannedObject, ...]:
    """Returns the objects, some models in other colours than their files have."""
    rng, records = rng_for(seed, "colours"), catalog.records
    drawn = ((each, draw_recolor(rng, records[each.asset_id]) if each.asset_id else ()) for each in objects)
    return tuple(each.model_copy(update={"recolored": parts}) if parts else each for each, parts in drawn)


def _as_one(shapes: tuple[Shape, ...]) -> Shape:
    """Returns the first room with the windows of all."""
    return replace(shapes[0], openings=tuple(opening for shape in shapes for opening in shape.openings))


def _views(seed: int, spec: RunSpec, interior: Interior) -> tuple[View, ...]:
    """Returns the views wanted and the spare ones."""
    count = spec.views_per_scene + spec.camera.spare_views
    drawn = max(40 + 10 * spec.views_per_scene, 2 * count)
    rng, options = rng_for(seed, "views"), rng_for(seed, "lenses")
    free = free_stands(rng, rng_for(seed, "rigs"), interior, spec.camera, drawn)
    stands = islice(cycle(free), max(len(free), count))
    sizes_px = draw_sizes(rng_for(seed, "sizes"), spec.camera, count)
    rigs = rigs_of_views(rng_for(seed, "rigs of views"), interior, spec.camera, count)
    return plan_views(draw_candidates(rng, options, interior, spec.camera, stands), sizes_px, rigs)


def _bare_rooms(seed: int, spec: RoomSpec, catalog: Catalog) -> Bare:
    stock = {record.class_name for record in catalog.records.values() if record.placement == "floor"}
    furnished = [place for place, kind in KINDS.items() if kind.built_in or kind.hearts[0] in stock]
    rooms = plan_rooms(rng_for(seed, "shape"), rng_for(seed, "openings"), spec, furnished)
    palettes = _palettes(seed, rooms, catalog)
    whole = _as_one(tuple(room.shape for room in rooms))
    daytime = plan_daytime(rng_for(seed, "daytime"), whole, spec.hours)
    outlook = plan_outlook(rng_for(seed, "outlook"), daytime, catalog.environments)
    outside = [] if outlook else plan_outside(rng_for(seed, "outside"), whole, palettes[0], daytime.sun_elevation_rad)
    outside = with_lit_windows(rng_for(seed, "lit windows"), outside, daytime.hour.name)
    fixed, empty = list[Piece](), list[Layout]()
    for number, (room, palette) in enumerate(zip(rooms, palettes, strict=True)):
        fixed += _joinery(seed, number, room.shape, palette)
        empty.append(_empty(seed, number, room, palette))
    environment = outlook.environment if outlook else None
    pieces = (*fixed, *outside)
    return Bare(rooms, palettes, tuple(empty), under(daytime, outlook), daytime.hour.sky, environment, pieces)


def _palettes(seed: int, rooms: tuple[Room, ...], catalog: Catalog) -> tuple[Palette, ...]:
    """Returns one for each room: of one home, with floor, rug and walls in sets of pictures where some suit."""
    plain = [plan_palette(rng_for(seed, "palette", n), room.shape, room.place) for n, room in enumerate(rooms)]
    return tuple(
        in_sets(rng_for(seed, "textures", number), next_door(palette, plain[0]), catalog.textures)
        for number, palette in enumerate(plain)
    )


def _joinery(seed: int, number: int, shape: Shape, palette: Palette) -> list[Piece]:
    """Returns the shell of a room with its windows and doors; a passage belongs to the second room."""
    pieces = plan_shell(rng_for(seed, "shell", number), shape, palette)
    rng, doors = rng_for(seed, "joinery", number), rng_for(seed, "door", number)
    for window in shape.windows:
        pieces += plan_window(rng, shape, window, palette)
    for door in shape.doors:
        if door.kind == "door":
            pieces += plan_door(doors, door, palette)
        elif number:
            pieces += plan_passage(shape, door, palette)
    return pieces


def _empty(seed: int, number: int, room: Room, palette: Palette) -> Layout:
    """Returns a room with curtains at all windows, or at none, and with its open door leaf."""
    rng, curtains = rng_for(seed, "curtains", number), list[Piece]()
    if rng.random() < _CURTAINED.get(room.place, 0.6):
        curtains += [piece for each in room.shape.windows for piece in plan_curtains(rng, room.shape, each, palette)]
    layout = empty_layout(room.shape, curtains)
    if not room.leaf:
        return layout
    leaf, free = plan_open_leaf(rng_for(seed, "leaf"), room.shape.door, palette)
    return replace(layout.with_pieces(leaf), kept_free=(*layout.kept_free, free))


def _best_contents(seed: int, spec: RoomSpec, bare: Bare, stocks: list[Stock]) -> Contents:
    best: Contents | None = None
    for attempt in range(_ATTEMPTS):
        contents = _contents(seed, attempt, spec, bare, stocks)
        if contents.enough:
            return contents
        best = contents if best is None or contents.merit > best.merit else best
    assert best is not None
    return best


def _contents(seed: int, attempt: int, spec: RoomSpec, bare: Bare, stocks: list[Stock]) -> Contents:
    """Furnishes every room; each has a part of the pieces as large as its floor."""
    area_m2 = sum(shape.area_m2 for shape in bare.shapes)
    large, small, missing, reach = list[Piece](), list[Piece](), 0, 1.0
    for number, (room, stock) in enumerate(zip(bare.rooms, stocks, strict=True)):
        share = room.shape.area_m2 / area_m2
        kind = KINDS[room.place]
        furniture = _part(spec.furniture, share, not kind.built_in)
        layout = _furnished((seed, number, attempt), furniture, room, bare.empty[number], stock)
        sills = [piece for piece in bare.fixed if _is_sill_of(piece, room.shape)]
        rng, wanted = rng_for(seed, "small things", number, attempt), _part(spec.small_things, share, True)
        things = plan_small_things(rng, [*layout.pieces, *sills], stock, layout.pieces, wanted)
        large, small = [*large, *layout.pieces], [*small, *things]
        missing += max(furniture.low - len(layout.standing()), 0)
        missing += 0 if kind.built_in else max(wanted.low - len(things), 0)
        missing += _HEARTLESS * (not any(piece.thing.class_name in kind.hearts for piece in layout.pieces))
        reach = min(reach, reachable_share(layout))
    pieces = (*large, *small)
    interior = Interior(bare.shapes, pieces, tuple(filter(_is_furniture, pieces)))
    views = _surveyed(seed, attempt, interior)
    enough = missing == 0 and reach >= _LEAST_REACH and views >= _SURVEY_VIEWS
    return Contents(interior, views - missing + min(reach, _LEAST_REACH), enough)


def _part(whole: IntRange, share: float, at_least: bool) -> IntRange:
    """Returns a room's part of a count, with its least or without."""
    return IntRange(low=int(whole.low * share) if at_least else 0, high=int(whole.high * share))


def _is_sill_of(piece: Piece, shape: Shape) -> bool:
    if piece.thing.class_name != "window_sill":
        return False
    x, y = piece.thing.supports[0].center_m
    (x0, y0), (x1, y1) = shape.bounds.low_m, shape.bounds.high_m
    return x0 - shape.wall_m <= x <= x1 + shape.wall_m and y0 - shape.wall_m <= y <= y1 + shape.wall_m


def _is_furniture(piece: Piece) -> bool:
    """Tells whether a view should show it: models but rugs, and what is built in and not small."""
    if isinstance(piece.thing, AssetRecord):
        return not is_rug(piece)
    return piece.thing.class_name in _BUILT_IN


def _furnished(streams: tuple[int, int, int], wanted: IntRange, room: Room, layout: Layout, stock: Stock) -> Layout:
    seed, *draw = streams
    layout = with_radiators(rng_for(seed, "radiators", draw[0]), layout, stock, wanted.high - wanted.low)
    layout = furnish(rng_for(seed, "furniture", *draw), layout, stock, wanted, room.place)
    if layout.asset_count() < wanted.high:
        layout = with_ceiling_lamps(rng_for(seed, "ceiling lamp", *draw), layout, stock)
    most = max(wanted.high - layout.asset_count(), 0)
    layout = with_wall_things(rng_for(seed, "wall things", *draw), layout, stock, most)
    layout = with_plates(rng_for(seed, "plates", *draw), layout)
    most = max(wanted.high - layout.asset_count(), 0)
    return with_floor_things(rng_for(seed, "floor things", *draw), layout, stock, most)


def _surveyed(seed: int, attempt: int, interior: Interior) -> int:
    """Returns how many distinct good views a usual camera finds among few candidates."""
    rng, options, camera = rng_for(seed, "survey", attempt), rng_for(seed, "survey lenses", attempt), CameraSpec()
    stands = free_stands(rng, rng_for(seed, "survey rigs", attempt), interior, camera, _SURVEY_CANDIDATES)
    return len(distinct(draw_candidates(rng, options, interior, camera, stands), _SURVEY_VIEWS))


ROOM = Recipe(plan_room)
