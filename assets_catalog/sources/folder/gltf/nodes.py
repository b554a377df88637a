"""Nodes: where the tree of a glTF file puts its meshes, as matrices into the file's world."""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Float64

from assets_catalog.sources.folder.gltf.container import row_of
from assets_catalog.sources.folder.gltf.document import Document, Node
from schemas.errors import AssetError

Matrix = Float64[np.ndarray, "4 4"]


def world_matrices(document: Document) -> dict[int, Matrix]:
    """Returns the matrix of each node of the scene. Raises AssetError where the tree is none."""
    found: dict[int, Matrix] = {}
    waiting = [(root, np.eye(4)) for root in _roots(document)]
    while waiting:
        row, parent = waiting.pop()
        if row in found:
            raise AssetError(f"node {row} has two parents, or is its own")
        node = row_of(document.nodes, row, "node")
        with np.errstate(over="ignore", invalid="ignore"):
            found[row] = parent @ _local(node)
        if not np.isfinite(found[row]).all():
            raise AssetError(f"node {row} lies in no finite place")
        waiting.extend((child, found[row]) for child in node.children)
    return dict(sorted(found.items()))


def _roots(document: Document) -> Iterator[int]:
    """Yields the roots of the scene that is shown, or of all nodes where there is no scene."""
    if document.scenes:
        yield from row_of(document.scenes, document.scene or 0, "scene").nodes
    else:
        children = {child for node in document.nodes for child in node.children}
        yield from (row for row in range(len(document.nodes)) if row not in children)


def _local(node: Node) -> Matrix:
    if node.matrix is not None:
        return np.array(node.matrix).reshape(4, 4).T
    matrix = np.eye(4)
    matrix[:3, :3] = _rotation(node.rotation) * np.array(node.scale)
    matrix[:3, 3] = node.translation
    return matrix


def _rotation(quaternion: tuple[float, float, float, float]) -> Float64[np.ndarray, "3 3"]:
    length = float(np.linalg.norm(quaternion))
    if not length > 0:
        return np.eye(3)
    x, y, z, w = np.array(quaternion) / length
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    )
