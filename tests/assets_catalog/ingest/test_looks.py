"""What a model's parts look like: colours as a person sees them, by their share of the surface."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from assets_catalog.ingest import model_textures
from assets_catalog.ingest.looks import has_glass, has_holes, main_color, main_substance, part_looks
from assets_catalog.ingest.model_textures import Pixels, decoded_textures
from assets_catalog.mesh import AssetMaterial, AssetMesh
from schemas.errors import AssetError
from tests.assets_catalog.meshes import PLAIN, box_part, filled, jpeg, png, table


def _textured(texture: bytes, color: tuple[float, float, float] = (1.0, 1.0, 1.0)) -> AssetMesh:
    return AssetMesh((box_part((0, 0, 0), (1, 1, 1), AssetMaterial("cloth", color, texture=texture)),))


def _color(mesh: AssetMesh) -> tuple[float, ...]:
    return part_looks(mesh, decoded_textures(mesh))[0].color


def test_the_largest_part_comes_first_with_its_share() -> None:
    small = box_part((0, 0, 2), (0.1, 0.1, 2.1), replace(PLAIN, name="chrome", metallic=1.0))
    large = box_part((0, 0, 0), (1, 1, 1), AssetMaterial("dark wood", (0.36, 0.25, 0.2)))
    first, second = part_looks(AssetMesh((small, large)), {})
    assert (first.name, first.color_name, first.substance) == ("dark wood", "brown", "wood")
    assert (second.name, second.substance) == ("chrome", "metal")
    assert first.area_share == pytest.approx(1 / 1.01, abs=1e-3)
    assert first.area_share + second.area_share == pytest.approx(1, abs=1e-3)


def test_a_part_without_texture_has_its_own_colour() -> None:
    assert _color(table()) == (0.8, 0.8, 0.8)


def test_a_texture_is_averaged_as_light() -> None:
    pixels = filled((0, 0, 0), 8)
    pixels[:4] = 255
    assert _color(_textured(png(pixels))) == pytest.approx((0.735,) * 3, abs=0.02)


def test_a_texture_multiplies_the_colour() -> None:
    assert _color(_textured(png(filled((255, 128, 0))), (0.5, 1.0, 1.0))) == pytest.approx((0.5, 0.502, 0.0), abs=0.01)


def test_only_what_is_shown_of_a_texture_counts() -> None:
    pixels = filled((255, 0, 0), 8)
    pixels[:4] = (0, 0, 255)
    mesh = _textured(png(pixels))
    (part,) = mesh.parts
    upper = replace(part, corner_uvs=part.corner_uvs * np.float32(0.45) + np.array([3, 0.52], np.float32))
    assert _color(AssetMesh((upper,))) == pytest.approx((0, 0, 1))


def test_holes_dont_count_for_the_colour() -> None:
    pixels = filled((0, 255, 0, 255), 8)
    pixels[:, :5] = (255, 255, 255, 0)
    mesh = _textured(png(pixels))
    assert _color(mesh) == pytest.approx((0, 1, 0))
    assert has_holes(decoded_textures(mesh))
    assert not has_holes(decoded_textures(_textured(png(filled((0, 255, 0, 200))))))


def test_glass_is_told_by_opacity_or_name() -> None:
    for material in (replace(PLAIN, opacity=0.4), replace(PLAIN, name="vidrio")):
        assert has_glass(part_looks(AssetMesh((box_part((0, 0, 0), (1, 1, 1), material),)), {}))
    assert not has_glass(part_looks(table(), {}))


def test_the_whole_model_is_what_covers_most() -> None:
    parts = [
        box_part((0, 0, 3 * k), (1, 1, 3 * k + side), AssetMaterial(name, color))
        for k, (name, color, side) in enumerate(
            [("wood1", (0.4, 0.25, 0.2), 0.6), ("wood2", (0.42, 0.26, 0.2), 0.6), ("steel", (0.5, 0.5, 0.5), 0.9)]
        )
    ]
    looks = part_looks(AssetMesh(tuple(parts)), {})
    assert looks[0].name == "steel"
    assert (main_color(looks), main_substance(looks)) == ("brown", "wood")


def test_textures_are_decoded_once_each() -> None:
    texture = jpeg(filled((200, 30, 30), 16))
    decoded: Mapping[bytes, Pixels] = decoded_textures(AssetMesh(_textured(texture).parts * 2))
    assert list(decoded) == [texture]
    assert decoded[texture].shape == (16, 16, 4)
    assert decoded[texture][..., 3].min() == 255


@pytest.mark.parametrize(
    "texture",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        png(filled((1, 2, 3), 64))[:-40],
        b"GIF89a\x01\x00\x01\x00",
        jpeg(filled((1, 2, 3), 64))[:300],
    ],
)
def test_a_texture_that_cant_be_decoded_is_refused(texture: bytes) -> None:
    with pytest.raises(AssetError, match=r"texture of 'cloth' is no (sound )?PNG or JPEG"):
        decoded_textures(_textured(texture))


def test_textures_that_are_too_large_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_textures, "HARD_LIMIT_PX", 15)
    with pytest.raises(AssetError, match="4 x 4 pixels, 15 are allowed"):
        decoded_textures(_textured(png(filled((1, 2, 3)))))
    monkeypatch.setattr(model_textures, "HARD_LIMIT_PX", 16)
    monkeypatch.setattr(model_textures, "HARD_LIMIT_ALL_PX", 31)
    both = _textured(png(filled((1, 2, 3)))).parts + _textured(png(filled((4, 5, 6)))).parts
    with pytest.raises(AssetError, match="more than 31 pixels"):
        decoded_textures(AssetMesh(both))
