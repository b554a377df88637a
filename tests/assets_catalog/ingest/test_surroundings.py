"""Textures and environments become records and files, or are refused with the reason."""

import hashlib
import math
import struct
import zlib

import numpy as np
import pytest

from assets_catalog.ingest import surroundings as surroundings_module
from assets_catalog.ingest.candidate import AddOptions, Facts, LoadedEnvironment
from assets_catalog.ingest.light import directions, measured, solid_angles
from assets_catalog.ingest.surroundings import prepare_environment
from assets_catalog.pictures import decoded_map
from assets_catalog.record import EnvironmentRecord, MapRole, TextureRecord
from assets_catalog.sources.hdri.exr import read_exr
from schemas.errors import AssetError
from tests.surroundings import candidate, environment, picture, plain, texture

FLAT_NORMAL = plain((128, 128, 255))


def set_of(maps: dict[MapRole, bytes], **facts: object) -> TextureRecord:
    stated = Facts(license="CC0-1.0", **facts)  # type: ignore[arg-type]  # a test's own words
    record = texture(maps, facts=stated).entry
    assert isinstance(record, TextureRecord)
    return record


def around(radiance: np.ndarray) -> EnvironmentRecord:
    record = environment(radiance).entry
    assert isinstance(record, EnvironmentRecord)
    return record


def test_maps_are_named_by_their_content_and_the_set_by_its_maps() -> None:
    maps: dict[MapRole, bytes] = {"color": plain((200, 100, 50)), "normal": FLAT_NORMAL}
    prepared = texture(maps)
    record = prepared.entry
    assert isinstance(record, TextureRecord)
    assert set(prepared.objects.values()) == set(maps.values())
    for role, name in record.maps.items():
        assert name == hashlib.sha256(maps[role]).hexdigest() + ".png"
    lines = f"color {record.maps['color']}\nnormal {record.maps['normal']}"
    assert record.sha256 == hashlib.sha256(lines.encode()).hexdigest()
    assert texture(dict(reversed(maps.items()))).entry == record


def test_the_colour_is_the_mean_of_the_light() -> None:
    halves = np.zeros((16, 16, 3), dtype=np.uint8)
    halves[:8] = 255
    record = set_of({"color": picture(halves)})
    assert record.color == pytest.approx((0.735, 0.735, 0.735), abs=0.002)
    assert set_of({"color": plain((180, 30, 20))}).color_name == "red"


def test_a_stated_size_is_kept_and_a_usual_one_follows_the_substance_and_the_shape() -> None:
    wide: dict[MapRole, bytes] = {"color": picture(np.full((16, 32, 3), 90, np.uint8), "JPEG")}
    stated = set_of(wide, tile_m=(1.2, 0.5), substance="wood")
    assert (stated.size_m, stated.scale, stated.width_px, stated.height_px) == ((1.2, 0.5), "stated", 32, 16)
    assert stated.maps["color"].endswith(".jpg")
    usual = set_of(wide, substance="brick")
    assert (usual.size_m, usual.scale, usual.substance) == ((2.0, 1.0), "prior", "brick")


def test_an_even_map_may_be_small() -> None:
    assert set_of({"color": plain((9, 9, 9), 64), "metalness": plain((0, 0, 0), 8)}).width_px == 64


def test_a_large_set_is_kept_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings_module, "_KEPT_TEXTURE_PX", 16)
    deep = (np.arange(40 * 40, dtype=np.uint32).reshape(40, 40) * 41).astype(np.uint16)
    maps: dict[MapRole, bytes] = {"color": plain((9, 99, 199), 40), "height": picture(deep)}
    prepared = texture(maps)
    record = prepared.entry
    assert isinstance(record, TextureRecord)
    assert (record.width_px, record.height_px) == (14, 14)
    assert record.color == pytest.approx((9 / 255, 99 / 255, 199 / 255), abs=1e-6)
    height = np.asarray(decoded_map(prepared.objects[record.maps["height"]], ""))
    assert height.dtype == np.uint8
    assert height[6, 6] == pytest.approx(deep[18:21, 18:21].mean() / 257, abs=1.5)


def _claiming(width_px: int) -> bytes:
    header = struct.pack(">IIBBBBB", width_px, width_px, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", bytes(64)) + _chunk(b"IEND", b"")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


@pytest.mark.parametrize(
    ("maps", "reason"),
    [
        ({"roughness": plain((9, 9, 9))}, "no colour map, only roughness"),
        ({}, "no colour map, only nothing"),
        ({"color": plain((9, 9, 9)), "roughness": picture(np.zeros((8, 16), np.uint8))}, "roughness map has 16 x 8"),
        ({"color": plain((9, 9, 9))[:-30]}, "the color map is no sound PNG or JPEG"),
        ({"color": b"GIF89a" + b"\0" * 50}, "is no PNG or JPEG: it begins with"),
        ({"color": _claiming(9000)}, "9000 x 9000 pixels"),
        ({"color": _claiming(60000)}, "bomb"),
        ({"color": plain((9, 9, 9)), "normal": plain((128, 128, 0))}, "points into the surface"),
    ],
)
def test_faulty_sets_are_refused(maps: dict[MapRole, bytes], reason: str) -> None:
    with pytest.raises(AssetError, match=reason):
        texture(maps)


def test_no_licence_no_entry_unless_the_user_gives_one() -> None:
    unlicensed = candidate("environment", "hdri/x", Facts(source="tests"))
    loaded = LoadedEnvironment(np.ones((32, 64, 3), np.float32))
    with pytest.raises(AssetError, match="states no licence"):
        prepare_environment(unlicensed, loaded, AddOptions())
    given = AddOptions(license="CC-BY-4.0", creator="Bob")
    entry = prepare_environment(unlicensed, loaded, given).entry
    assert (entry.license, entry.license_is_override, entry.creator) == ("CC-BY-4.0", True, "Bob")
    stated = candidate("environment", "hdri/x", Facts(license="CC0-1.0", creator="Ann"))
    entry = prepare_environment(stated, loaded, given).entry
    assert (entry.license, entry.license_is_override, entry.creator) == ("CC0-1.0", False, "Ann")


def test_solid_angles_add_up_to_the_sphere_and_an_even_picture_has_its_own_mean() -> None:
    assert solid_angles(64, 128).sum() * 128 == pytest.approx(4 * math.pi)
    assert measured(np.full((64, 128, 3), 0.7, np.float32)).mean_luminance == pytest.approx(0.7)


def test_half_a_sphere_of_light_is_half_the_mean_wherever_it_is() -> None:
    above, beside = np.zeros((64, 128, 3), np.float32), np.zeros((64, 128, 3), np.float32)
    above[:32], beside[:, :64] = 1.0, 1.0
    assert measured(above).mean_luminance == pytest.approx(0.5)
    assert measured(beside).mean_luminance == pytest.approx(0.5)


@pytest.mark.parametrize("toward_deg", [(0.0, 10.0), (90.0, 45.0), (-135.0, -20.0), (179.0, 5.0)])
def test_the_brightest_place_is_where_the_sun_is(toward_deg: tuple[float, float]) -> None:
    heading, elevation = map(math.radians, toward_deg)
    level = math.cos(elevation)
    sun = np.array([level * math.cos(heading), level * math.sin(heading), math.sin(elevation)])
    radiance = np.full((128, 256, 3), 0.3, np.float32)
    radiance[directions(128, 256) @ sun > math.cos(math.radians(2.5))] = 20000.0
    record = around(radiance)
    assert record.brightest == pytest.approx((heading, elevation), abs=math.radians(0.6))
    assert record.contrast > 500


def test_the_axes_are_those_of_the_world() -> None:
    toward = directions(90, 180)
    assert toward[0, 0, 2] > 0.99
    assert toward[45, 90] == pytest.approx((1.0, 0.0, 0.0), abs=0.05)
    assert toward[45, 45] == pytest.approx((0.0, 1.0, 0.0), abs=0.05)


def test_an_environment_is_kept_in_half_floats_where_they_hold_it() -> None:
    radiance = np.random.default_rng(0).uniform(0.0, 50.0, (32, 64, 3)).astype(np.float32)
    (name, content), *others = environment(radiance).objects.items()
    assert others == []
    assert name == hashlib.sha256(content).hexdigest() + ".exr"
    assert np.array_equal(read_exr(content), radiance.astype(np.float16).astype(np.float32))
    radiance[4, 4] = 2e6
    (content,) = environment(radiance).objects.values()
    assert np.array_equal(read_exr(content), radiance)


def test_the_same_light_gives_the_same_bytes() -> None:
    radiance = np.random.default_rng(1).uniform(0.0, 5.0, (64, 128, 3))
    assert environment(radiance) == environment(radiance.copy())


def test_negative_light_counts_as_none() -> None:
    radiance = np.ones((32, 64, 3))
    radiance[20, 20] = -3894.0
    (content,) = environment(radiance).objects.values()
    assert read_exr(content).min() == 0.0
    assert around(radiance).mean_luminance == pytest.approx(1.0, abs=1e-3)


def test_a_wide_environment_is_kept_smaller_and_as_bright(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings_module, "_KEPT_ENVIRONMENT_PX", 64)
    radiance = np.random.default_rng(2).uniform(0.0, 2.0, (75, 150, 3))
    record = around(radiance)
    assert (record.width_px, record.height_px) == (50, 25)
    assert record.mean_luminance == pytest.approx(measured(radiance.astype(np.float32)).mean_luminance, rel=0.01)


@pytest.mark.parametrize(
    ("radiance", "reason"),
    [
        (np.ones((32, 32, 3)), "32 x 32 pixels, must be twice as wide"),
        (np.ones((8, 16, 3)), "at least 64 wide"),
        (np.full((32, 64, 3), np.inf), "infinite"),
        (np.full((32, 64, 3), np.nan), "no number"),
        (np.zeros((32, 64, 3)), "brightest pixel is 0"),
        (np.full((32, 64, 3), 1e12), "brightest pixel"),
    ],
)
def test_what_is_no_environment_is_refused(radiance: np.ndarray, reason: str) -> None:
    with pytest.raises(AssetError, match=reason):
        environment(radiance)
