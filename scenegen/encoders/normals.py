"""Normals targets: R = (1 - x)/2 * 255, G = (1 + y)/2 * 255, B = (1 + z)/2 * 255, rounded (arXiv:2604.20329, v3).

Axes of `normal_cam`: x right, y up, z toward the camera. x is negated: what faces left is (255, 128, 128).

No surface is (255, 0, 255), which would be the vector (-1, -1, 1) of length 1.73. Decoding takes any colour for what
it is nearest to, that vector or the sphere of unit vectors; so no surface is where -x - y + z > 1 + |(x, y, z)|, and
either kind survives a change of 26 codes in every channel. What is a normal is renormalised.

All in float32, operation by operation as the formulas read, and rounded half to even; so a target's bytes are the
same on every machine.
"""

import numpy as np
from jaxtyping import Bool, Float32, UInt8

from scenegen.compiled import compiled_when_called
from scenegen.encoders.codec import Codec
from scenegen.encoders.encoder import Encoder, painted
from scenegen.encoders.prompts import NormalsRequest
from schemas.frame import GBuffer
from schemas.model import canonical_json

_SIGNS = np.array([-1, 1, 1], dtype=np.float32)
_NO_SURFACE = np.array([-1, -1, 1], dtype=np.float32)
_COMPONENT_OF_CODE = np.linspace(-1, 1, 256, dtype=np.float32)

_UNIT_TOLERANCE = np.float32(1e-3)
_BOUND = (1 + 1e-4) / 255
"""Half a code, as a difference of one component; the last 1e-4 is room for float32."""

_PARAMS = {"red": "(1-x)/2", "green": "(1+y)/2", "blue": "(1+z)/2", "no_surface": [255, 0, 255]}

_CONVENTION = """\
**Normals** are in camera axes, x right, y up, z toward the camera: red is (1 - x)/2, so **x is negated**, green is
(1 + y)/2, blue (1 + z)/2. The sky is (255, 0, 255). A mirrored image needs its normals mirrored."""


def _encode(gbuffer: GBuffer) -> UInt8[np.ndarray, "h w 3"]:
    normal_cam = np.ascontiguousarray(gbuffer.normal_cam)
    rgb = np.empty(normal_cam.shape, np.uint8)
    drawn = _draw(normal_cam.reshape(-1, 3), rgb.reshape(-1, 3))
    if drawn < normal_cam.size // 3:
        row, column = divmod(drawn, normal_cam.shape[1])
        value = normal_cam[row, column].tolist()
        raise ValueError(f"normal_cam at row {row}, column {column} is {value}; must be of length 1, or zero")
    return rgb


@compiled_when_called
def _draw(normal_cam: Float32[np.ndarray, "n 3"], rgb: UInt8[np.ndarray, "n 3"]) -> int:
    """Returns how many pixels were drawn before one that is neither unit nor zero."""
    one, half = np.float32(1), np.float32(127.5)
    for i in range(len(normal_cam)):
        x, y, z = normal_cam[i, 0], normal_cam[i, 1], normal_cam[i, 2]
        if x == 0 and y == 0 and z == 0:
            rgb[i, 0], rgb[i, 1], rgb[i, 2] = 255, 0, 255
        elif abs(np.sqrt(x * x + y * y + z * z) - one) <= _UNIT_TOLERANCE:
            rgb[i, 0] = np.rint((one - x) * half)
            rgb[i, 1] = np.rint((one + y) * half)
            rgb[i, 2] = np.rint((one + z) * half)
        else:
            return i
    return len(normal_cam)


def _decode(rgb: UInt8[np.ndarray, "h w 3"]) -> Float32[np.ndarray, "h w 3"]:
    normal_cam = np.empty(rgb.shape, np.float32)
    _read(np.ascontiguousarray(rgb).reshape(-1, 3), _COMPONENT_OF_CODE, normal_cam.reshape(-1, 3))
    return normal_cam


@compiled_when_called
def _read(
    rgb: UInt8[np.ndarray, "n 3"],
    component_of_code: Float32[np.ndarray, "256"],
    normal_cam: Float32[np.ndarray, "n 3"],
) -> None:
    for i in range(len(rgb)):
        x, y, z = -component_of_code[rgb[i, 0]], component_of_code[rgb[i, 1]], component_of_code[rgb[i, 2]]
        length = np.sqrt(x * x + y * y + z * z)  # never 0: no code stands for the component 0
        if z - x - y > np.float32(1) + length:
            x = y = z = np.float32(0)
        normal_cam[i, 0], normal_cam[i, 1], normal_cam[i, 2] = x / length, y / length, z / length


def _excess(target: UInt8[np.ndarray, "h w 3"], gbuffer: GBuffer) -> Float32[np.ndarray, "h w"]:
    """Compares components before renormalising, the largest difference of the three against half a code."""
    vector = _vector(target)
    empty = _is_zero(gbuffer.normal_cam)
    valid = _is_normal(gbuffer.normal_cam) | empty
    excess = np.abs(vector - _drawn_vector(gbuffer.normal_cam)).max(axis=-1) / np.float32(_BOUND)
    return np.where(valid & (_shows_no_surface(vector) == empty), excess, np.float32(np.inf))


def _vector(rgb: UInt8[np.ndarray, "h w 3"]) -> Float32[np.ndarray, "h w 3"]:
    return _SIGNS * _COMPONENT_OF_CODE[rgb]


def _drawn_vector(normal_cam: Float32[np.ndarray, "h w 3"]) -> Float32[np.ndarray, "h w 3"]:
    """Returns the normals, with the vector that is drawn for no surface in place of zeros."""
    return np.where(_is_zero(normal_cam)[..., None], _NO_SURFACE, normal_cam)


def _is_zero(normal_cam: Float32[np.ndarray, "h w 3"]) -> Bool[np.ndarray, "h w"]:
    return ~normal_cam.any(axis=-1)  # NaN counts as not zero


def _is_normal(normal_cam: Float32[np.ndarray, "h w 3"]) -> Bool[np.ndarray, "h w"]:
    """Returns where the length is 1; False for NaN."""
    with np.errstate(over="ignore"):  # a length too great for float32 is not 1 either
        return np.abs(np.linalg.norm(normal_cam, axis=-1) - 1) <= _UNIT_TOLERANCE


def _shows_no_surface(vector: Float32[np.ndarray, "h w 3"]) -> Bool[np.ndarray, "h w"]:
    return vector @ _NO_SURFACE > 1 + np.linalg.norm(vector, axis=-1)


def _spoken(value: np.generic | np.ndarray) -> str:
    return f"({', '.join(f'{part:.4f}' for part in value.tolist())})"


NORMALS_CODEC = Codec(
    name="camera-normals",
    params=canonical_json(_PARAMS),
    encode=_encode,
    decode=_decode,
    truth=lambda gbuffer: gbuffer.normal_cam,
    excess=_excess,
    spoken=_spoken,
)

NORMALS = Encoder(
    task="normals",
    convention=_CONVENTION,
    tag="surface-normals",
    encode=lambda rng, gbuffer, plan, spec: painted(rng, gbuffer, NORMALS_CODEC, NormalsRequest()),
    codec_of=lambda said, legend: NORMALS_CODEC,
    needs=("normals",),
)
