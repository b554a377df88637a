"""Any parts, for properties of what is written and read."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from assets_catalog.mesh import AssetMaterial, MeshPart
from tests.assets_catalog.meshes import filled, jpeg, png

FLOATS = st.floats(-1e6, 1e6, width=32)
SHARES = st.floats(0, 1)
TEXTURES = (None, png(filled((200, 100, 50))), png(filled((200, 100, 50, 80))), jpeg(filled((10, 200, 30), 16)))


@st.composite
def materials(draw: st.DrawFn) -> AssetMaterial:
    """Draws a material."""
    return AssetMaterial(
        name=draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=12)),
        color=(draw(SHARES), draw(SHARES), draw(SHARES)),
        opacity=draw(SHARES),
        metallic=draw(SHARES),
        roughness=draw(SHARES),
        emission=draw(st.one_of(st.just(0.0), st.floats(1e-3, 100))),
        texture=draw(st.sampled_from(TEXTURES)),
    )


@st.composite
def parts(draw: st.DrawFn) -> MeshPart:
    """Draws a part; points may lie at one place or belong to no triangle, corners may share normal and uv or not."""
    points, triangles = draw(st.integers(1, 8)), draw(st.integers(1, 10))
    few = st.sampled_from([0.0, -0.0, 0.25, 1.0, 1e-7, -3.3])
    return MeshPart(
        vertices_m=draw(arrays.arrays(np.float32, (points, 3), elements=st.one_of(few, FLOATS))),
        triangles=draw(arrays.arrays(np.int32, (triangles, 3), elements=st.integers(0, points - 1))),
        corner_normals=draw(arrays.arrays(np.float32, (triangles, 3, 3), elements=st.floats(-1, 1, width=32))),
        corner_uvs=draw(arrays.arrays(np.float32, (triangles, 3, 2), elements=st.one_of(few, FLOATS))),
        material=draw(materials()),
    )


part_lists = st.lists(parts(), min_size=1, max_size=3)
