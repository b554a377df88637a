"""A thumbnail shows an asset whole, upright, from its front, in its own colours and at its own scale."""

import hashlib
import io
import itertools

import numpy as np
import pytest
from jaxtyping import Bool, UInt8
from PIL import Image

from assets_catalog.glb import write_glb
from assets_catalog.ingest.surroundings import encode_environment
from assets_catalog.mesh import AssetMaterial, AssetMesh, MeshPart
from assets_catalog.record import MapRole, TextureRecord
from scenegen.blender.facets import CUBE_CORNERS, CUBE_QUADS, box_facets
from scenegen.blender.thumbnails_studio import fitted_view, model_picture, texture_picture
from scenegen.dataset.png import decode_png
from scenegen.thumbnails import ThumbnailRequest, render_thumbnails
from schemas.errors import AssetError
from schemas.geometry import Vec3
from schemas.run_spec import RenderSpec
from schemas.scene_plan import Box, square
from schemas.surface import Color
from tests.catalogs import environment_of, record_of, texture_of

QUICK = RenderSpec(device="cpu", samples=2, max_bounces=2)
SIDE_PX = 64
FACES: dict[str, Color] = {
    "bottom": (0.1, 0.1, 0.1),
    "top": (0.9, 0.9, 0.9),
    "front": (0.9, 0.05, 0.05),
    "back": (0.05, 0.9, 0.05),
    "left": (0.05, 0.05, 0.9),
    "right": (0.9, 0.9, 0.05),
}
"""In the order of CUBE_QUADS: -z, +z, -y, +y, -x, +x."""


def box(size_m: Vec3, texture: bytes | None = None, normals: float = 1.0) -> AssetMesh:
    """Returns a red box that stands on the origin; `normals` -1 turns those of its corners inward."""
    shape = box_facets(Box(center_m=(0.0, 0.0, size_m[2] / 2), size_m=size_m))
    material = AssetMaterial("red", (1.0, 1.0, 1.0) if texture else (0.9, 0.05, 0.05), texture=texture)
    return AssetMesh((part(shape.vertices_m, shape.triangles, shape.corner_normals * normals, material),))


def part(vertices: np.ndarray, triangles: np.ndarray, normals: np.ndarray, material: AssetMaterial) -> MeshPart:
    uvs = np.full((len(triangles), 3, 2), 0.5, dtype=np.float32)
    return MeshPart(vertices.astype(np.float32), triangles.astype(np.int32), normals.astype(np.float32), uvs, material)


def painted_cube() -> AssetMesh:
    """Returns a cube that stands on the origin with a colour for each side."""
    corners = CUBE_CORNERS + np.array([0.0, 0.0, 0.5])
    whole = box_facets(Box(center_m=(0.0, 0.0, 0.5), size_m=(1.0, 1.0, 1.0)))
    normals = whole.corner_normals.reshape(6, 2, 3, 3)
    sides = zip(FACES.items(), CUBE_QUADS, normals, strict=True)
    return AssetMesh(
        tuple(
            part(corners, quad[[[0, 1, 2], [0, 2, 3]]], normal, AssetMaterial(name, color))
            for (name, color), quad, normal in sides
        )
    )


def png(pixels: UInt8[np.ndarray, "h w 3"]) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def picture(mesh: AssetMesh) -> UInt8[np.ndarray, "s s 3"]:
    return model_picture(mesh, SIDE_PX, QUICK)


def tile_request(maps: dict[MapRole, bytes], tile_m: float) -> ThumbnailRequest:
    maps_kept = {role: f"{role}.png" for role in maps}
    record = texture_of("test/tiles", substance="tile", color=(0.9, 0.1, 0.1), maps=maps_kept, size_m=(tile_m, tile_m))
    return ThumbnailRequest(record, {f"{role}.png": content for role, content in maps.items()}.__getitem__)


def tile(maps: dict[MapRole, bytes], tile_m: float) -> UInt8[np.ndarray, "s s 3"]:
    request = tile_request(maps, tile_m)
    assert isinstance(request.record, TextureRecord)
    return texture_picture(request.record, request.read_object, SIDE_PX, QUICK)


def like(rgb: UInt8[np.ndarray, "h w 3"], color: Color) -> Bool[np.ndarray, "h w"]:
    """Tells where the strong channels of a colour stand far above its weak ones."""
    strong = [channel for channel in range(3) if color[channel] > 0.5]
    weak = [channel for channel in range(3) if color[channel] <= 0.5]
    return np.asarray(rgb[..., strong].min(axis=-1).astype(int) - rgb[..., weak].max(axis=-1) > 50)


def extent_px(mask: Bool[np.ndarray, "h w"]) -> tuple[int, int]:
    """Returns width and height of what is marked."""
    (columns,), (rows,) = np.nonzero(mask.any(axis=0)), np.nonzero(mask.any(axis=1))
    return int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1


@pytest.mark.parametrize("scale", [0.05, 1.0, 8.0])
def test_what_is_tall_looks_tall_and_what_is_long_looks_long_and_both_fill_the_picture(scale: float) -> None:
    tall = extent_px(like(picture(box((0.2 * scale, 0.2 * scale, scale))), FACES["front"]))
    long = extent_px(like(picture(box((scale, 0.2 * scale, 0.2 * scale))), FACES["front"]))
    assert tall[1] > 2.5 * tall[0]
    assert long[0] > 1.5 * long[1]
    assert 0.88 * SIDE_PX < tall[1] < SIDE_PX
    assert 0.88 * SIDE_PX < long[0] < SIDE_PX


def test_the_front_is_seen_from_the_left_and_above() -> None:
    rgb = picture(painted_cube())
    seen = {name: np.argwhere(like(rgb, color)) for name, color in FACES.items() if name not in ("top", "bottom")}
    assert len(seen["front"]) > len(seen["left"]) > 100
    assert len(seen["back"]) == len(seen["right"]) == 0
    assert seen["left"][:, 1].max() <= seen["front"][:, 1].min() + 1
    assert (rgb.min(axis=-1) > 215).sum() > 100, "the white top"


def test_a_texture_shows_its_colour() -> None:
    purple = np.tile(np.array((150, 20, 180), dtype=np.uint8), (4, 4, 1))
    rgb = picture(box((1.0, 1.0, 1.0), texture=png(purple)))
    middle = rgb[SIDE_PX // 2, SIDE_PX // 2].astype(int)
    assert middle[1] < min(middle[0], middle[2]) - 50


def test_a_texture_that_cant_be_decoded_is_told_and_not_drawn_magenta() -> None:
    with pytest.raises(AssetError, match="decoded"):
        picture(box((1.0, 1.0, 1.0), texture=b"\x89PNG\r\n\x1a\nnothing"))
    assert not like(picture(box((1.0, 1.0, 1.0))), (1.0, 0.0, 1.0)).any()


def test_a_mesh_whose_normals_point_inward_is_conspicuously_dark() -> None:
    sound, inward = (picture(box((1.0, 1.0, 1.0), normals=normals)) for normals in (1.0, -1.0))
    red = like(sound, FACES["front"])
    assert inward[red].mean() < 0.7 * sound[red].mean()


def test_a_picture_is_the_same_whatever_was_drawn_before() -> None:
    first = picture(painted_cube())
    picture(box((3.0, 0.2, 1.0)))
    assert np.array_equal(picture(painted_cube()), first)


@pytest.mark.parametrize("seed", range(5))
def test_a_view_holds_all_points_and_as_near_as_it_can(seed: int) -> None:
    rng = np.random.default_rng(seed)
    points = rng.uniform(-1, 1, (200, 3)) * rng.uniform(0.05, 5.0, 3)
    view = fitted_view(points, 100)
    world2cam = np.linalg.inv(square(view.cam2world))
    x, y, z = world2cam[:3, :3] @ points.T + world2cam[:3, 3:]
    k = square(view.intrinsics)
    pixels = np.stack([k[0, 0] * x / z + k[0, 2], k[1, 1] * y / z + k[1, 2]])
    assert z.min() > 0
    edges = np.array([[pixels[axis].min(), 100 - pixels[axis].max()] for axis in (0, 1)])
    assert edges.min() > 2.9
    assert np.allclose(edges[edges.sum(axis=1).argmin()], 3.0, atol=0.1)


@pytest.mark.parametrize("tile_m", [0.5, 0.25])
def test_a_texture_set_is_shown_at_its_own_size(tile_m: float) -> None:
    stripes = np.zeros((16, 16, 3), dtype=np.uint8)
    stripes[:, :8], stripes[:, 8:] = (220, 20, 20), (20, 220, 20)
    rgb = tile({"color": png(stripes)}, tile_m)
    row = like(rgb, FACES["front"])[SIDE_PX // 2]
    assert sum(after > before for before, after in itertools.pairwise(row.astype(int))) + row[0] == round(1 / tile_m)


def test_a_texture_sets_relief_is_lit_from_the_left() -> None:
    leftward, rightward = (np.tile(np.array((x, 128, 220), dtype=np.uint8), (8, 8, 1)) for x in (40, 216))
    grey = png(np.full((8, 8, 3), 128, dtype=np.uint8))
    lit, dark = (tile({"color": grey, "normal": png(normal)}, 1.0) for normal in (leftward, rightward))
    assert lit.mean() > dark.mean() + 20


def model_request(name: str, glb: bytes) -> ThumbnailRequest:
    sha256 = hashlib.sha256(glb).hexdigest()
    record = record_of(f"test/{name}", sha256=sha256)
    return ThumbnailRequest(record, {f"{sha256}.glb": glb}.__getitem__)


def environment_request() -> ThumbnailRequest:
    exr = encode_environment(np.full((64, 128, 3), (1.0, 2.0, 4.0), dtype=np.float32))
    record = environment_of("test/sky", width_px=128, height_px=64)
    return ThumbnailRequest(record, {f"{record.sha256}.exr": exr}.__getitem__)


def test_one_process_draws_assets_of_every_kind_and_a_broken_one_ends_none() -> None:
    glb = write_glb(box((0.2, 0.2, 1.0)))
    stripes = np.full((8, 8, 3), (20, 220, 20), dtype=np.uint8)
    requests = [
        model_request("tall", glb),
        model_request("torn", glb[:-9]),
        tile_request({"color": png(stripes)}, 1.0),
        environment_request(),
        model_request("again", glb),
    ]
    tall, torn, tiles, sky, again = render_thumbnails(requests, SIDE_PX)
    assert torn.png is None
    assert "test/torn" in torn.reason
    pictures = [decode_png(result.png) for result in (tall, tiles, sky, again) if result.png is not None]
    assert [rgb.shape[:2] for rgb in pictures] == [(64, 64), (64, 64), (32, 64), (64, 64)]
    width_px, height_px = extent_px(like(pictures[0], FACES["front"]))
    assert height_px > 2.5 * width_px
    assert like(pictures[1], FACES["back"]).all()
    assert tall.png == again.png
