"""Physics: things fall, as rigid hulls, until they lie still (MuJoCo).

Steps are of a fixed length, one thread computes them, and they end where nothing has moved for a while, or at their
most: the same things end up at the same places, in every process. Towards the end the motion is damped more and more:
a bottle that rolls for minutes is not waited for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float64

from scenegen.recipes.tabletop.hulls import Hulls
from schemas.scene_plan import Box

STEP_S = 0.004
_MOST_STEPS, _LEAST_STEPS = 560, 60
_DAMPED_FROM = 150
_DAMPING = 0.975
"""Of speeds, in each step after that."""
_STILL_M_S, _STILL_RAD_S = 0.004, 0.05
PROBED_STEPS, _STILL_M = 50, 6e-4
"""Let go again, undamped, a thing at rest doesn't move farther."""
_DENSITY_KG_M3 = 350.0
_LEAST_KG = 0.02
_LEAST_INERTIA_KG_M2 = 1e-6


@dataclass(frozen=True)
class Faller:
    """A thing in the air, or at rest."""

    hulls: Hulls
    object2world: Float64[np.ndarray, "4 4"]


@dataclass(frozen=True)
class Fixed:
    """Boxes that don't move."""

    boxes: tuple[Box, ...]
    object2world: Float64[np.ndarray, "4 4"]


@dataclass(frozen=True)
class Settled:
    """Where all things came to rest."""

    poses: tuple[Float64[np.ndarray, "4 4"], ...]
    carriers: tuple[int, ...]
    """Which thing bears most of each; -1 for what doesn't move."""
    still: tuple[bool, ...]
    """Whether each would stay where it is."""


def settle(fixed: Sequence[Fixed], fallers: Sequence[Faller], most_steps: int = _MOST_STEPS) -> Settled:
    """Returns how the things lie after they fell for at most some steps, and were let go again for a few."""
    import mujoco  # noqa: PLC0415 - readers of plans need no physics

    mujoco.set_mju_user_warning(_unheard)
    model = _model(mujoco, fixed, fallers)
    data = mujoco.MjData(model)
    quiet = 0
    for step in range(most_steps):
        mujoco.mj_step(model, data)
        if step >= _DAMPED_FROM:
            data.qvel *= _DAMPING
        speed = data.qvel.reshape(-1, 6)
        at_rest = (np.abs(speed[:, :3]) < _STILL_M_S).all() and (np.abs(speed[:, 3:]) < _STILL_RAD_S).all()
        quiet = quiet + 1 if at_rest else 0
        if quiet > 10 and step >= _LEAST_STEPS:
            break
    data.qvel[:] = 0.0
    mujoco.mj_forward(model, data)
    before = _poses(data, len(fallers))
    for _ in range(PROBED_STEPS):
        mujoco.mj_step(model, data)
    mujoco.mj_forward(model, data)
    after = _poses(data, len(fallers))
    moved_m = [_moved_m(*each) for each in zip(fallers, before, after, strict=True)]
    still = tuple(each < _STILL_M for each in moved_m)
    return Settled(after, _carriers(mujoco, model, data, len(fallers)), still)


def _unheard(message: str) -> None:
    """Keeps MuJoCo from writing a log into the current folder: what goes wrong shows as what doesn't lie still."""


def _poses(data: Any, count: int) -> tuple[Float64[np.ndarray, "4 4"], ...]:
    return tuple(_pose(data.xpos[body], data.xmat[body]) for body in range(1, count + 1))


def _moved_m(faller: Faller, before: Float64[np.ndarray, "4 4"], after: Float64[np.ndarray, "4 4"]) -> float:
    """Returns how far the corner of a thing went that went farthest."""
    turned, shifted = after[:3, :3] - before[:3, :3], after[:3, 3] - before[:3, 3]
    return max(float(np.linalg.norm(piece_m @ turned.T + shifted, axis=1).max()) for piece_m in faller.hulls.pieces_m)


def _model(mujoco: Any, fixed: Sequence[Fixed], fallers: Sequence[Faller]) -> Any:
    spec = mujoco.MjSpec()
    spec.compiler.usethread = False
    option = spec.option
    option.timestep, option.iterations, option.ls_iterations = STEP_S, 12, 10
    option.cone, option.impratio = mujoco.mjtCone.mjCONE_ELLIPTIC, 5.0
    option.integrator = mujoco.mjtIntegrator.mjINT_IMPLICITFAST
    option.enableflags |= (
        int(mujoco.mjtEnableBit.mjENBL_MULTICCD) if hasattr(mujoco.mjtEnableBit, "mjENBL_MULTICCD") else 0
    )
    contact = {
        "solref": [0.01, 1.0],
        "solimp": [0.95, 0.99, 0.001, 0.5, 2.0],
        "friction": [0.7, 0.01, 0.004],
        "condim": 6,
    }
    for held in fixed:
        for box in held.boxes:
            center = held.object2world[:3, :3] @ box.center_m + held.object2world[:3, 3]
            half = [side / 2 for side in box.size_m]
            spec.worldbody.add_geom(
                type=mujoco.mjtGeom.mjGEOM_BOX,
                pos=center,
                size=half,
                quat=_quaternion(mujoco, held.object2world),
                **contact,
            )
    for number, faller in enumerate(fallers):
        _add_body(mujoco, spec, number, faller, contact)
    return spec.compile()


def _add_body(mujoco: Any, spec: Any, number: int, faller: Faller, contact: dict[str, Any]) -> None:
    hulls = faller.hulls
    mass_kg = max(_DENSITY_KG_M3 * hulls.volume_m3, _LEAST_KG)
    body = spec.worldbody.add_body(
        pos=faller.object2world[:3, 3], quat=_quaternion(mujoco, faller.object2world), explicitinertial=True
    )
    size_m = np.ptp(np.concatenate(hulls.pieces_m), axis=0)
    squares = size_m**2
    inertia = np.maximum(mass_kg * (squares.sum() - squares) / 12, _LEAST_INERTIA_KG_M2)
    body.mass, body.ipos, body.inertia = mass_kg, hulls.middle_m, inertia
    body.add_freejoint()
    for piece, corners_m in enumerate(hulls.pieces_m):
        name = f"{number}-{piece}"
        spec.add_mesh(name=name, uservert=corners_m.ravel(), inertia=mujoco.mjtMeshInertia.mjMESH_INERTIA_CONVEX)
        body.add_geom(type=mujoco.mjtGeom.mjGEOM_MESH, meshname=name, **contact)


def _carriers(mujoco: Any, model: Any, data: Any, count: int) -> tuple[int, ...]:
    """Returns which other body pushes each one up most; -1 is the world."""
    upward = np.zeros((count + 1, count + 1))
    force = np.zeros(6)
    for number in range(data.ncon):
        contact = data.contact[number]
        first, second = (int(model.geom_bodyid[geom]) for geom in contact.geom)
        mujoco.mj_contactForce(model, data, number, force)
        up_n = float((contact.frame.reshape(3, 3).T @ force[:3])[2])  # on the second, from the first
        upward[second, first] += up_n
        upward[first, second] -= up_n
    return tuple(int(row.argmax()) - 1 if row.max() > 0 else -1 for row in upward[1:])


def _quaternion(mujoco: Any, pose: Float64[np.ndarray, "4 4"]) -> Float64[np.ndarray, "4"]:
    quaternion = np.zeros(4)
    mujoco.mju_mat2Quat(quaternion, np.ascontiguousarray(pose[:3, :3]).ravel())
    return quaternion


def _pose(position_m: Float64[np.ndarray, "3"], turned: Float64[np.ndarray, "9"]) -> Float64[np.ndarray, "4 4"]:
    pose = np.eye(4)
    pose[:3, :3], pose[:3, 3] = turned.reshape(3, 3), position_m
    return pose
