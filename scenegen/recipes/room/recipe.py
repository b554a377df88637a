"""Recipe room: a living room, bedroom, study or dining room, planned from the shell to the small things.

Every part draws from a stream of its own, named below, so that a change to one part leaves the others as they were.
Furniture is drawn anew, from the next of its streams, until a room has its pieces, a floor to walk on and places from
which a usual camera sees enough; the run's own camera has no say in that. After the last attempt the best one is taken.
"""

from dataclasses import dataclass, replace
from itertools import cycle, islice

from assets_catalog.catalog import Catalog
from assets_catalog.record import AssetRecord
from scenegen.recipes.lens import draw_sizes
from scenegen.recipes.recipe import Recipe, Scenery
from scenegen.recipes.room.arrange import furnish
from scenegen.recipes.room.cameras import distinct, draw_candidates, free_stands, plan_views, rigs_of_views
from scenegen.recipes.room.curtains import plan_curtains
from scenegen.recipes.room.joinery import plan_door, plan_window
from scenegen.recipes.room.kinds import KINDS
from scenegen.recipes.room.layout import Layout, empty_layout, is_rug
from scenegen.recipes.room.lighting import Daytime, plan_daytime, plan_lights, plan_outlook, under
from scenegen.recipes.room.openings import plan_openings, plan_shape
from scenegen.recipes.room.outside import plan_outside
from scenegen.recipes.room.palette import Palette, plan_palette
from scenegen.recipes.room.piece import Piece, numbered
from scenegen.recipes.room.reach import reachable_share
from scenegen.recipes.room.shape import Shape
from scenegen.recipes.room.shell import plan_shell
from scenegen.recipes.room.sight import Interior
from scenegen.recipes.room.small_things import plan_small_things
from scenegen.recipes.room.stock import Stock
from scenegen.recipes.room.textures import with_textures
from scenegen.recipes.room.wall_things import with_ceiling_lamp, with_radiators, with_wall_things
from schemas.errors import CatalogError
from schemas.recipe_specs import RoomSpec
from schemas.run_spec import CameraSpec, RunSpec
from schemas.scene_plan import Environment, Sky, View
from schemas.seeds import rng_for

_ATTEMPTS = 10
_LEAST_REACH = 0.1
"""Share of the floor that must be walkable from the door."""
_SURVEY_CANDIDATES = 24
_SURVEY_VIEWS = 2


@dataclass(frozen=True)
class Bare:
    """A room before its furniture."""

    shape: Shape
    palette: Palette
    daytime: Daytime
    sky: Sky
    environment: Environment | None
    fixed: tuple[Piece, ...]
    curtains: tuple[Piece, ...]


@dataclass(frozen=True)
class Contents:
    """What a room holds, and how far it meets what is asked: higher is better, `enough` is all of it."""

    interior: Interior
    merit: float
    enough: bool


def plan_room(seed: int, spec: RunSpec, catalog: Catalog) -> Scenery:
    """Returns one room: a pure function of its arguments.

    Raises CatalogError if the catalog has nothing that stands on a floor.
    """
    if not catalog.has_placement("floor"):
        raise CatalogError(f"catalog '{catalog.name}': a room needs assets for the floor, and this split has none")
    bare = _bare_room(seed, spec.room, catalog)
    interior = _best_contents(seed, spec.room, bare, Stock(catalog, bare.palette)).interior
    return Scenery(
        objects=numbered((*bare.fixed, *interior.pieces)),
        lights=plan_lights(rng_for(seed, "lights"), bare.shape, bare.daytime, interior.pieces),
        sky=bare.sky,
        environment=bare.environment,
        views=_views(seed, spec, interior),
    )


def _views(seed: int, spec: RunSpec, interior: Interior) -> tuple[View, ...]:
    """Returns the views wanted and the spare ones."""
    count = spec.views_per_scene + spec.camera.spare_views
    drawn = max(40 + 10 * spec.views_per_scene, 2 * count)
    rng, options = rng_for(seed, "views"), rng_for(seed, "lenses")
    free = free_stands(rng, rng_for(seed, "rigs"), interior, spec.camera, drawn)
    stands = islice(cycle(free), max(len(free), count))
    sizes_px = draw_sizes(rng_for(seed, "sizes"), spec.camera, count)
    rigs = rigs_of_views(rng_for(seed, "rigs of views"), interior.shape, spec.camera, count)
    return plan_views(draw_candidates(rng, options, interior, spec.camera, stands), sizes_px, rigs)


def _bare_room(seed: int, spec: RoomSpec, catalog: Catalog) -> Bare:
    shape = plan_shape(rng_for(seed, "shape"), spec)
    shape = replace(shape, openings=plan_openings(rng_for(seed, "openings"), shape))
    palette = with_textures(rng_for(seed, "textures"), plan_palette(rng_for(seed, "palette")), catalog.textures)
    daytime = plan_daytime(rng_for(seed, "daytime"), shape, spec.hours)
    outlook = plan_outlook(rng_for(seed, "outlook"), daytime, catalog.environments)
    outside = () if outlook else plan_outside(rng_for(seed, "outside"), shape, palette, daytime.sun_elevation_rad)
    joinery = rng_for(seed, "joinery")
    windows = [piece for window in shape.windows for piece in plan_window(joinery, shape, window, palette)]
    fixed = (
        *plan_shell(rng_for(seed, "shell"), shape, palette),
        *windows,
        *plan_door(rng_for(seed, "door"), shape.door, palette),
        *outside,
    )
    environment = outlook.environment if outlook else None
    return Bare(
        shape, palette, under(daytime, outlook), daytime.hour.sky, environment, fixed, _curtains(seed, shape, palette)
    )


def _curtains(seed: int, shape: Shape, palette: Palette) -> tuple[Piece, ...]:
    """Returns curtains at all windows, or at none."""
    rng = rng_for(seed, "curtains")
    if rng.random() < 0.4:
        return ()
    return tuple(piece for window in shape.windows for piece in plan_curtains(rng, shape, window, palette))


def _best_contents(seed: int, spec: RoomSpec, bare: Bare, stock: Stock) -> Contents:
    best: Contents | None = None
    for attempt in range(_ATTEMPTS):
        contents = _contents(seed, attempt, spec, bare, stock)
        if contents.enough:
            return contents
        best = contents if best is None or contents.merit > best.merit else best
    assert best is not None
    return best


def _contents(seed: int, attempt: int, spec: RoomSpec, bare: Bare, stock: Stock) -> Contents:
    layout = _furnished(seed, attempt, spec, bare, stock)
    sills = [piece for piece in bare.fixed if piece.thing.class_name == "window_sill"]
    rng = rng_for(seed, "small things", attempt)
    small = plan_small_things(rng, [*layout.pieces, *sills], stock, layout.pieces, spec.small_things)
    furniture = tuple(p for p in layout.pieces if isinstance(p.thing, AssetRecord) and not is_rug(p))
    interior = Interior(bare.shape, (*layout.pieces, *small), furniture)
    reach, views = reachable_share(layout), _surveyed(seed, attempt, interior)
    missing = max(spec.furniture.low - len(layout.standing()), 0) + max(spec.small_things.low - len(small), 0)
    enough = missing == 0 and reach >= _LEAST_REACH and views >= _SURVEY_VIEWS
    return Contents(interior, views - missing + min(reach, _LEAST_REACH), enough)


def _furnished(seed: int, attempt: int, spec: RoomSpec, bare: Bare, stock: Stock) -> Layout:
    kinds = [name for name, kind in KINDS.items() if stock.of(kind.heart, "floor")] or list(KINDS)
    kind = str(rng_for(seed, "kind").choice(kinds))
    layout = empty_layout(bare.shape, bare.curtains)
    layout = with_radiators(rng_for(seed, "radiators"), layout, stock, spec.furniture.high - spec.furniture.low)
    layout = furnish(rng_for(seed, "furniture", attempt), layout, stock, spec.furniture, kind)
    if layout.asset_count() < spec.furniture.high:
        layout = with_ceiling_lamp(rng_for(seed, "ceiling lamp", attempt), layout, stock)
    most = max(spec.furniture.high - layout.asset_count(), 0)
    return with_wall_things(rng_for(seed, "wall things", attempt), layout, stock, most)


def _surveyed(seed: int, attempt: int, interior: Interior) -> int:
    """Returns how many distinct good views a usual camera finds among few candidates."""
    rng, options, camera = rng_for(seed, "survey", attempt), rng_for(seed, "survey lenses", attempt), CameraSpec()
    stands = free_stands(rng, rng_for(seed, "survey rigs", attempt), interior, camera, _SURVEY_CANDIDATES)
    return len(distinct(draw_candidates(rng, options, interior, camera, stands), _SURVEY_VIEWS))


ROOM = Recipe(plan_room)
