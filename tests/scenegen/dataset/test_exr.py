"""EXR files hold the buffers bit for bit, as OpenEXR itself reads them, and show damage."""

import dataclasses
import io
import math
import struct
import zlib
from collections.abc import Callable

import numpy as np
import OpenEXR
import pytest

from scenegen.dataset.exr import decode_exr, encode_exr
from schemas.errors import DatasetError
from schemas.frame import GBuffer
from schemas.seeds import rng_for


def noise(height_px: int, width_px: int) -> GBuffer:
    """Returns buffers that zlib can't shrink, with infinities, NaN, denormals and the largest id."""
    rng = rng_for(3, "noise")
    z_depth_m = rng.random((height_px, width_px), dtype=np.float32)
    z_depth_m.flat[:4] = (np.inf, np.nan, np.float32(1e-42), np.float32(3.4e38))
    ids = rng.integers(0, 2**31, (height_px, width_px)).astype(np.int32)
    ids.flat[0] = 2**31 - 1
    normal = rng.standard_normal((height_px, width_px, 3), dtype=np.float32)
    return GBuffer(z_depth_m, normal, ids, ids[::-1].copy(), ids[:, ::-1].copy())


def smooth(height_px: int, width_px: int) -> GBuffer:
    """Returns buffers that zlib shrinks well."""
    z_depth_m = np.tile(np.linspace(0.5, 9, width_px, dtype=np.float32), (height_px, 1))
    z_depth_m[: height_px // 2] = np.inf
    ids = np.ones((height_px, width_px), np.int32)
    return GBuffer(z_depth_m, np.zeros((height_px, width_px, 3), np.float32), ids, ids, ids)


def assert_bit_equal(left: GBuffer, right: GBuffer) -> None:
    for field in dataclasses.fields(GBuffer):
        one, other = getattr(left, field.name), getattr(right, field.name)
        assert (one.dtype, one.shape, one.tobytes()) == (other.dtype, other.shape, other.tobytes()), field.name


@pytest.mark.parametrize(("height_px", "width_px"), [(16, 16), (17, 16), (48, 64), (100, 71)])
@pytest.mark.parametrize("make", [noise, smooth])
def test_round_trip_is_bit_equal(make: Callable[[int, int], GBuffer], height_px: int, width_px: int) -> None:
    gbuffer = make(height_px, width_px)
    assert_bit_equal(decode_exr(encode_exr(gbuffer)), gbuffer)


def test_equal_buffers_give_equal_bytes() -> None:
    assert encode_exr(noise(40, 32)) == encode_exr(noise(40, 32))


def test_openexr_reads_the_same_values() -> None:
    gbuffer = noise(37, 64)
    with OpenEXR.File(io.BytesIO(encode_exr(gbuffer)), separate_channels=True) as file:
        pixels = {name: channel.pixels for name, channel in file.channels().items()}
        assert file.header()["compression"] == OpenEXR.ZIP_COMPRESSION
    assert {name: channel.dtype.name for name, channel in pixels.items()} == {
        "class_id": "uint32",
        "instance_id": "uint32",
        "material_id": "uint32",
        "normal_cam.X": "float32",
        "normal_cam.Y": "float32",
        "normal_cam.Z": "float32",
        "z_depth_m": "float32",
    }
    assert pixels["z_depth_m"].tobytes() == gbuffer.z_depth_m.tobytes()
    assert pixels["normal_cam.Y"].tobytes() == gbuffer.normal_cam[..., 1].tobytes()
    np.testing.assert_array_equal(pixels["class_id"], gbuffer.class_id)


def test_flipped_bits_are_noticed_in_the_pixels_and_crash_nowhere() -> None:
    exr = encode_exr(smooth(48, 32))
    unchanged = decode_exr(exr).z_depth_m.tobytes()
    wrong = 0
    for bit in range(8 * len(exr)):
        damaged = bytearray(exr)
        damaged[bit // 8] ^= 1 << bit % 8
        try:
            wrong += decode_exr(bytes(damaged)).z_depth_m.tobytes() != unchanged
        except DatasetError:
            continue
    assert wrong <= math.ceil(0.001 * 8 * len(exr))


def test_every_truncation_is_noticed() -> None:
    exr = encode_exr(smooth(48, 32))
    for length in range(len(exr)):
        with pytest.raises(DatasetError):
            decode_exr(exr[:length])


@pytest.mark.parametrize("excess_bytes", [-1, 1, 100_000])
def test_a_block_of_too_few_or_too_many_bytes_is_refused(excess_bytes: int) -> None:
    exr = encode_exr(smooth(16, 16))
    at = next(at for at in range(len(exr)) if struct.unpack_from("<ii", exr, at) == (0, len(exr) - at - 8))
    packed = zlib.compress(bytes(16 * 16 * 7 * 4 + excess_bytes))
    with pytest.raises(DatasetError, match="rows from 0"):
        decode_exr(exr[:at] + struct.pack("<ii", 0, len(packed)) + packed)


def test_other_channels_dtypes_and_compressions_are_refused() -> None:
    pixels = np.zeros((16, 16), np.float32)
    names = ("class_id", "instance_id", "material_id", "normal_cam.X", "normal_cam.Y", "normal_cam.Z", "z_depth_m")
    ids = np.zeros((16, 16), np.uint32)
    right: dict[str, object] = {name: ids if name.endswith("_id") else pixels for name in names}
    half = right | {"z_depth_m": pixels.astype(np.float16)}
    unnamed = {("Z" if name == "z_depth_m" else name): channel for name, channel in right.items()}
    for channels, compression, complaint in (
        (half, OpenEXR.ZIP_COMPRESSION, "channels"),
        (unnamed, OpenEXR.ZIP_COMPRESSION, "channels"),
        (right, OpenEXR.PIZ_COMPRESSION, "compression"),
    ):
        file = io.BytesIO()
        OpenEXR.File({"compression": compression, "type": OpenEXR.scanlineimage}, dict(channels)).write(file)
        with pytest.raises(DatasetError, match=complaint):
            decode_exr(file.getvalue())


def test_an_id_beyond_int32_is_refused() -> None:
    gbuffer = smooth(16, 16)
    gbuffer.instance_id[3, 3] = -1  # 2**32 - 1 as uint32
    with pytest.raises(DatasetError, match="4294967295"):
        decode_exr(encode_exr(gbuffer))
