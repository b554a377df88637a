"""Normals targets: held against the paper's table of directions."""

import re

import numpy as np
import pytest
from jaxtyping import Float32, UInt8

from scenegen.encoders.normals import NORMALS_CODEC as NORMALS
from schemas.frame import GBuffer

SKY = [255, 0, 255]
FACING = {
    "left": ([-1, 0, 0], [255, 128, 128]),
    "right": ([1, 0, 0], [0, 128, 128]),
    "up": ([0, 1, 0], [128, 255, 128]),
    "down": ([0, -1, 0], [128, 0, 128]),
    "the camera": ([0, 0, 1], [128, 128, 255]),
}


def gbuffer(normal_cam: Float32[np.ndarray, "h w 3"]) -> GBuffer:
    shape = normal_cam.shape[:2]
    ids = np.zeros(shape, dtype=np.int32)
    return GBuffer(np.ones(shape, dtype=np.float32), normal_cam, ids, ids, ids)


def pixel(*components: float) -> Float32[np.ndarray, "1 1 3"]:
    return np.array([[components]], dtype=np.float32)


def random_normals(height: int = 300, width: int = 300) -> Float32[np.ndarray, "h w 3"]:
    vectors = np.random.default_rng(5).normal(size=(height, width, 3))
    return (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)


def angles_deg(left: Float32[np.ndarray, "h w 3"], right: Float32[np.ndarray, "h w 3"]) -> Float32[np.ndarray, "h w"]:
    chord = np.linalg.norm(left - right, axis=-1)
    return np.degrees(2 * np.arcsin(chord / 2)).astype(np.float32)


@pytest.mark.parametrize("facing", FACING)
def test_a_direction_has_the_papers_colour(facing: str) -> None:
    normal, rgb = FACING[facing]
    assert NORMALS.encode(gbuffer(pixel(*normal)))[0, 0].tolist() == rgb


def test_the_round_trip_stays_within_four_tenths_of_a_degree() -> None:
    normal_cam = random_normals()
    decoded = NORMALS.decode(NORMALS.encode(gbuffer(normal_cam)))
    assert angles_deg(decoded, normal_cam).max() < 0.4
    np.testing.assert_allclose(np.linalg.norm(decoded, axis=-1), 1, atol=1e-6)


def as_the_formula_says(normal_cam: Float32[np.ndarray, "h w 3"]) -> UInt8[np.ndarray, "h w 3"]:
    signs, half = np.array([-1, 1, 1], np.float32), np.float32(127.5)
    rgb = np.rint((np.float32(1) + signs * normal_cam) * half).astype(np.uint8)
    rgb[~normal_cam.any(axis=-1)] = SKY
    return rgb


def test_codes_are_those_of_the_formula_in_float32() -> None:
    normal_cam = random_normals(1000, 1000) * np.random.default_rng(7).uniform(0.9992, 1.0008, (1000, 1000, 1))
    normal_cam[::9, ::2] = 0
    normal_cam[::9, 1::2] = [0, -0.0, 0]
    single = normal_cam.astype(np.float32)
    np.testing.assert_array_equal(NORMALS.encode(gbuffer(single)), as_the_formula_says(single))


@pytest.mark.parametrize("channel", [0, 1, 2])
def test_components_halfway_between_codes_round_to_the_even_one(channel: int) -> None:
    x = (np.arange(511) / 255 - 1).astype(np.float32)
    for towards in (-2, 0, 2):
        first = x if towards == 0 else np.nextafter(x, np.float32(towards)).clip(-1, 1)
        normal_cam = np.stack([first, np.sqrt(1 - first * first), np.zeros_like(first)], axis=-1)
        normal_cam = np.roll(normal_cam, channel, axis=-1)[None]
        np.testing.assert_array_equal(NORMALS.encode(gbuffer(normal_cam)), as_the_formula_says(normal_cam))


def test_all_colours_there_are_decode_as_the_formula_says() -> None:
    axis = np.arange(256, dtype=np.uint8)
    green_and_blue = np.stack(np.meshgrid(axis, axis, indexing="ij"), axis=-1).reshape(-1, 2)
    component = np.linspace(-1, 1, 256, dtype=np.float32)
    for red in axis:
        rgb = np.insert(green_and_blue, 0, red, axis=1)[None]
        vector = component[rgb] * np.array([-1, 1, 1], np.float32)
        odd = 2 * rgb.astype(np.int64) - 255  # 255 times the components, but for the sign of x
        toward_sky = odd[..., 0] - odd[..., 1] + odd[..., 2] - 255
        is_sky = (toward_sky > 0) & (toward_sky**2 > (odd**2).sum(axis=-1))
        expected = np.where(is_sky[..., None], np.float32(0), vector / np.linalg.norm(vector, axis=-1, keepdims=True))
        np.testing.assert_array_equal(NORMALS.decode(rgb), expected)


def test_a_view_into_other_arrays_is_encoded_and_decoded_as_its_copy() -> None:
    normal_cam = random_normals(40, 60)
    rgb = NORMALS.encode(gbuffer(normal_cam))
    np.testing.assert_array_equal(NORMALS.encode(gbuffer(normal_cam[::2, ::-3])), rgb[::2, ::-3])
    np.testing.assert_array_equal(NORMALS.decode(rgb[::2, ::-3]), NORMALS.decode(rgb)[::2, ::-3])


def test_no_surface_is_the_papers_sky_and_back() -> None:
    rgb = NORMALS.encode(gbuffer(pixel(0, 0, 0)))
    assert rgb[0, 0].tolist() == SKY
    assert not NORMALS.decode(rgb).any()


def test_no_surface_and_normals_survive_a_change_of_26_codes() -> None:
    rng = np.random.default_rng(6)
    for rgb, is_sky in ((NORMALS.encode(gbuffer(random_normals())), False), (np.full((300, 300, 3), SKY), True)):
        noise = rng.choice([-26, 0, 26], rgb.shape)
        noise[0], noise[1] = [26, -26, 26], [-26, 26, -26]
        noisy = np.clip(rgb.astype(int) + noise, 0, 255).astype(np.uint8)
        assert (NORMALS.decode(noisy).any(axis=-1) != is_sky).all()


def test_the_normal_most_like_the_sky_survives_a_change_of_26_codes() -> None:
    toward_sky = pixel(-1, -1, 1) / np.float32(np.sqrt(3))
    rgb = NORMALS.encode(gbuffer(toward_sky)).astype(int) + np.array([26, -26, 26])
    np.testing.assert_allclose(NORMALS.decode(rgb.astype(np.uint8)), toward_sky, atol=0.01)


def test_every_colour_decodes_to_a_unit_vector_or_to_none() -> None:
    axis = np.arange(0, 256, 5, dtype=np.uint8)
    rgb = np.stack(np.meshgrid(axis, axis, axis), axis=-1).reshape(1, -1, 3)
    length = np.linalg.norm(NORMALS.decode(rgb), axis=-1)
    assert ((np.abs(length - 1) < 1e-5) | (length == 0)).all()
    middle = np.full((1, 1, 3), 127, dtype=np.uint8)
    np.testing.assert_allclose(np.linalg.norm(NORMALS.decode(middle)), 1, atol=1e-6)


@pytest.mark.parametrize("bad", [[0.5, 0, 0], [0, 0, 1.01], [np.nan, 0, 1], [0, np.inf, 0], [1e30, 0, 0]])
def test_a_normal_that_is_not_unit_is_refused_with_its_place(bad: list[float]) -> None:
    normal_cam = random_normals(4, 5)
    normal_cam[2, 3] = bad
    value = re.escape(str(normal_cam[2, 3].tolist()))
    with pytest.raises(ValueError, match=f"row 2, column 3 is {value};"):
        NORMALS.encode(gbuffer(normal_cam))
    rightful = NORMALS.encode(gbuffer(random_normals(4, 5)))
    assert np.isposinf(NORMALS.excess(rightful, gbuffer(normal_cam))[2, 3])


def test_a_length_off_by_float_noise_is_encoded() -> None:
    for length in (0.9995, 1.0005):
        truth = gbuffer(pixel(length, 0, 0))
        assert NORMALS.encode(truth)[0, 0].tolist() == [0, 128, 128]
        assert NORMALS.excess(NORMALS.encode(truth), truth) <= 1


def test_excess_accepts_every_encoded_normal() -> None:
    normal_cam = random_normals()
    normal_cam[::7] = 0
    truth = gbuffer(normal_cam)
    assert NORMALS.excess(NORMALS.encode(truth), truth).max() <= 1


@pytest.mark.parametrize("channel", [0, 1, 2])
def test_excess_catches_a_change_of_two_codes_in_any_channel(channel: int) -> None:
    normal_cam = random_normals(40, 40)
    normal_cam[::7] = 0
    truth = gbuffer(normal_cam)
    changed = NORMALS.encode(truth)
    changed[..., channel] = np.where(changed[..., channel] < 128, changed[..., channel] + 2, changed[..., channel] - 2)
    assert (NORMALS.excess(changed, truth) > 1).all()


def test_excess_is_infinite_where_only_one_side_has_a_surface() -> None:
    sky, wall = gbuffer(pixel(0, 0, 0)), gbuffer(pixel(0, 0, 1))
    assert np.isposinf(NORMALS.excess(NORMALS.encode(sky), wall))
    assert np.isposinf(NORMALS.excess(NORMALS.encode(wall), sky))
