"""The meshes of procedural shapes: closed, turned outward, as large as recorded, able to carry and to shine."""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Bool, Float64, Int64

from assets_catalog.mesh import AssetMesh, MeshPart
from assets_catalog.record import AssetRecord, SupportSurface

Entry = tuple[AssetRecord, AssetMesh]
_FLAT_LIMIT, _STREET_LIMIT = 12_000, 20_500
"""Triangles of what stands in a room, of which there are many, and of what stands out of doors."""


def parts_of(entries: list[Entry]) -> Iterator[tuple[str, MeshPart]]:
    return ((f"{record.asset_id} {part.material.name}", part) for record, mesh in entries for part in mesh.parts)


def corners_of(part: MeshPart) -> Float64[np.ndarray, "t 3 3"]:
    return part.vertices_m.astype(np.float64)[part.triangles]


def areas_of(corners: Float64[np.ndarray, "t 3 3"]) -> Float64[np.ndarray, "t 3"]:
    return np.asarray(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]))


def solids_of(part: MeshPart) -> Int64[np.ndarray, " t"]:
    """Returns for each triangle the smallest vertex that it hangs together with."""
    labels = np.arange(len(part.vertices_m))
    while True:
        smallest = labels[part.triangles].min(axis=1)
        found = labels.copy()
        np.minimum.at(found, part.triangles.ravel(), np.repeat(smallest, 3))
        found = found[found]
        if (found == labels).all():
            return labels[part.triangles[:, 0]].astype(np.int64)
        labels = found


def test_the_box_is_what_the_record_says_and_stands_on_the_origin(entries: list[Entry]) -> None:
    for record, mesh in entries:
        vertices = np.concatenate([part.vertices_m for part in mesh.parts]).astype(np.float64)
        width, depth, height = record.size_m
        low, high = (-width / 2, -depth / 2, 0.0), (width / 2, depth / 2, height)
        np.testing.assert_allclose(vertices.min(axis=0), low, atol=1e-6, err_msg=record.asset_id)
        np.testing.assert_allclose(vertices.max(axis=0), high, atol=1e-6, err_msg=record.asset_id)


def test_triangle_counts_fit_a_room_or_a_street_full_of_them(entries: list[Entry]) -> None:
    for record, mesh in entries:
        limit = _STREET_LIMIT if record.placement == "street" else _FLAT_LIMIT
        assert 130 <= sum(len(part.triangles) for part in mesh.parts) <= limit, record.asset_id


def test_no_vertex_is_left_over(entries: list[Entry]) -> None:
    for name, part in parts_of(entries):
        assert len(np.unique(part.triangles)) == len(part.vertices_m), name


def test_corner_normals_are_unit_and_agree_with_the_winding(entries: list[Entry]) -> None:
    for name, part in parts_of(entries):
        lengths = np.linalg.norm(part.corner_normals, axis=2)
        np.testing.assert_allclose(lengths, 1, atol=1e-6, err_msg=name)
        areas = areas_of(corners_of(part))
        lengths = np.linalg.norm(areas, axis=1)
        assert lengths.min() > 1e-9, name
        assert ((areas / lengths[:, None])[:, None] * part.corner_normals).sum(axis=2).min() > 0.3, name


def test_every_edge_joins_two_triangles_that_run_it_in_opposite_ways(entries: list[Entry]) -> None:
    for name, part in parts_of(entries):
        starts, ends = part.triangles.ravel().astype(np.int64), part.triangles[:, [1, 2, 0]].ravel().astype(np.int64)
        there, back = starts * len(part.vertices_m) + ends, ends * len(part.vertices_m) + starts
        assert len(np.unique(there)) == len(there), name
        np.testing.assert_array_equal(np.sort(there), np.sort(back), err_msg=name)


def test_every_solid_has_a_positive_volume(entries: list[Entry]) -> None:
    for name, part in parts_of(entries):
        corners = corners_of(part)
        volumes = (corners[:, 0] * np.cross(corners[:, 1], corners[:, 2])).sum(axis=1) / 6
        sums = np.bincount(solids_of(part), weights=volumes)
        assert sums[sums != 0].min() > 1e-9, name


def test_uvs_are_metres_on_the_face(entries: list[Entry]) -> None:
    for name, part in parts_of(entries):
        a, b, c = np.moveaxis(part.corner_uvs.astype(np.float64), 1, 0)
        across, along = b - a, c - a
        flat = np.abs(across[:, 0] * along[:, 1] - across[:, 1] * along[:, 0])
        true = np.linalg.norm(areas_of(corners_of(part)), axis=1)
        slack = 1e-6 * max(1.0, float(np.ptp(part.vertices_m, axis=0).max()))
        assert (flat <= true + slack).all(), name
        assert (flat >= 0.57 * true - slack).all(), name


def covered(mesh: AssetMesh, height_m: float, points: Float64[np.ndarray, "p 2"]) -> Bool[np.ndarray, " p"]:
    """Returns which points lie on an upward face at that height."""
    inside = np.zeros(len(points), dtype=bool)
    for part in mesh.parts:
        corners = corners_of(part)
        level = (np.abs(corners[..., 2] - height_m) < 2e-6).all(axis=1) & (areas_of(corners)[:, 2] > 0)
        a = corners[level][:, :, :2]
        sides = np.roll(a, -1, axis=1) - a
        reach = points[:, None, None] - a
        turns = sides[..., 0] * reach[..., 1] - sides[..., 1] * reach[..., 0]
        inside |= (turns >= -1e-9).all(axis=2).any(axis=1)
    return inside


def spots(support: SupportSurface) -> Float64[np.ndarray, "9 2"]:
    """Returns the centre of a support, its corners, and the middles of its sides."""
    shares = np.array([(x, y) for x in (-0.5, 0.0, 0.5) for y in (-0.5, 0.0, 0.5)])
    return np.asarray(np.array(support.center_m) + shares * np.array(support.size_m))


def test_supports_lie_on_the_mesh(entries: list[Entry]) -> None:
    for record, mesh in entries:
        for support in record.supports:
            assert covered(mesh, support.height_m, spots(support)).all(), record.asset_id


def test_nothing_stands_in_the_room_above_a_support(entries: list[Entry]) -> None:
    for record, _ in entries:
        assert all(support.height_m == record.size_m[2] for support in record.supports), record.asset_id


def test_tables_and_low_cases_carry_things_and_soft_things_do_not(entries: list[Entry]) -> None:
    carrying = {record.class_name for record, _ in entries if record.supports}
    tables = {"coffee_table", "dining_table", "desk", "side_table", "bedside_table", "tv_stand", "cabinet", "dresser"}
    assert tables <= carrying
    assert carrying.isdisjoint({"bed", "sofa", "armchair", "cushion", "rug", "plant", "wardrobe", "car", "tree"})
    assert all(record.supports for record, _ in entries if record.class_name in tables)


def winding(mesh: AssetMesh, point: Float64[np.ndarray, "3"]) -> float:
    """Returns how many solids a point is in: the sum of solid angles (van Oosterom and Strackee, 1983)."""
    total = 0.0
    for part in mesh.parts:
        a, b, c = np.moveaxis(corners_of(part) - point, 1, 0)
        la, lb, lc = (np.linalg.norm(side, axis=1) for side in (a, b, c))
        volume = (a * np.cross(b, c)).sum(axis=1)
        plain = la * lb * lc + (a * b).sum(axis=1) * lc + (b * c).sum(axis=1) * la + (c * a).sum(axis=1) * lb
        total += float(2 * np.arctan2(volume, plain).sum() / (4 * np.pi))
    return total


def test_lamps_shine_from_inside_their_box_and_clear_of_their_solids(entries: list[Entry]) -> None:
    for record, mesh in entries:
        assert bool(record.lights) == record.class_name.endswith("_lamp"), record.asset_id
        vertices = np.concatenate([part.vertices_m for part in mesh.parts])
        for light in record.lights:
            at = np.array(light.position_m)
            assert (at >= vertices.min(axis=0)).all(), record.asset_id
            assert (at <= vertices.max(axis=0)).all(), record.asset_id
            assert abs(winding(mesh, at)) < 0.01, record.asset_id
            assert np.linalg.norm(vertices - at, axis=1).min() > 0.5 * light.diameter_m, record.asset_id


def test_a_bulb_sees_out_of_its_shade(entries: list[Entry]) -> None:
    """Of a fan of directions up and down, or out of a lantern's sides, some ray meets nothing."""
    fan = np.array([(0.5 * x, 0.5 * y, z) for x in (-1, 0, 1) for y in (-1, 0, 1) for z in (-1.0, -0.1, 1.0)])
    for record, mesh in entries:
        for light in record.lights:
            assert any(escapes(mesh, np.array(light.position_m), way) for way in fan), record.asset_id


def escapes(mesh: AssetMesh, start: Float64[np.ndarray, "3"], way: Float64[np.ndarray, "3"]) -> bool:
    """Returns whether a ray meets no triangle (Moeller and Trumbore, 1997)."""
    corners = np.concatenate([corners_of(part) for part in mesh.parts])
    first, second = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    across = np.cross(way, second)
    scale = (first * across).sum(axis=1)
    scale = np.where(np.abs(scale) < 1e-14, 1e-14, scale)
    to_start = start - corners[:, 0]
    u = (to_start * across).sum(axis=1) / scale
    over = np.cross(to_start, first)
    v, distance = over @ way / scale, (second * over).sum(axis=1) / scale
    return not ((u >= 0) & (v >= 0) & (u + v <= 1) & (distance > 0)).any()


def test_chairs_look_toward_minus_y(entries: list[Entry]) -> None:
    for record, mesh in entries:
        if record.class_name in {"chair", "armchair", "sofa", "bed"}:
            vertices = np.concatenate([part.vertices_m for part in mesh.parts])
            high = vertices[vertices[:, 2] > 0.9 * record.size_m[2]]
            assert high[:, 1].mean() > 0.05 * record.size_m[1], record.asset_id


def test_what_stands_on_the_floor_stands_on_a_fifth_of_its_width(entries: list[Entry]) -> None:
    for record, mesh in entries:
        if record.placement == "floor" and record.class_name != "cushion":
            vertices = np.concatenate([part.vertices_m for part in mesh.parts])
            feet = vertices[vertices[:, 2] < 0.006]
            assert (np.ptp(feet[:, :2], axis=0) > 0.2 * np.array(record.size_m[:2])).all(), record.asset_id
