"""What stands for all things of a class has no say in whether depth was averaged: its things hide one another."""

import numpy as np
import pytest

from scenegen.dataset.checks.gate_checks import gate_findings
from scenegen.ingest.finished import Placed, finished
from scenegen.ingest.ingester import Reading, Thing
from schemas.run_spec import GateSpec

SIDE = 64
K = np.array([[60.0, 0, SIDE / 2], [0, 60.0, SIDE / 2], [0, 0, 1]])


def leaves() -> Reading:
    """Leaves behind leaves, each a pixel wide, in front of a wall; looked at head-on."""
    z_depth_m = np.full((SIDE, SIDE), 9.0, np.float32)
    z_depth_m[8:56, 8:56] = np.resize(np.array([3.0, 4.0, 6.0], np.float32), 48)
    ids = np.where(z_depth_m == 9, 1, 2).astype(np.int64)
    normals = np.broadcast_to(np.array([0, 0, 1], np.float32), (SIDE, SIDE, 3))
    rgb = np.full((SIDE, SIDE, 3), 128, np.uint8)
    return Reading(rgb, z_depth_m, K, None, normals, None, ids)


@pytest.mark.parametrize("are_many", [False, True])
def test_a_group_is_not_asked_whether_its_pixels_fly(are_many: bool) -> None:
    reading = leaves()
    things = {1: Thing("wall", "wall"), 2: Thing("trees", "tree", are_many)}
    whole = Reading(**{**vars(reading), "things": things})
    plan, frame = finished("leaves", whole, Placed("vkitti2", 0))
    assert plan.origin is not None
    assert plan.origin.groups == ((2,) if are_many else ())
    findings = {name: found for name, _, found in gate_findings(frame.gbuffer, frame.view, plan, GateSpec())}
    assert findings["edges"].passed == are_many
