"""Accessors: the numbers of a glTF file as arrays, never more of them than its bytes can hold.

An accessor without a buffer view is zeros, and may claim any count: it is held to `MOST_ELEMENTS`.
"""

import numpy as np
from jaxtyping import Float64, Int64

from assets_catalog.sources.folder.gltf.container import Container, row_of
from assets_catalog.sources.folder.gltf.document import Accessor, Sparse
from schemas.errors import AssetError

MOST_ELEMENTS = 12_000_000
_DTYPES = {5120: "<i1", 5121: "<u1", 5122: "<i2", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
_WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}


def floats(container: Container, row: int, width: int) -> Float64[np.ndarray, "n w"]:
    """Returns an accessor's rows; normalized integers from 0 or -1 to 1. Raises AssetError."""
    accessor = row_of(container.document.accessors, row, "accessor")
    found = _rows(container, row, accessor, width).astype(np.float64)
    if accessor.normalized and accessor.component_type != 5126:
        found = np.maximum(found / np.iinfo(_DTYPES[accessor.component_type]).max, -1.0)
    return found


def integers(container: Container, row: int, width: int = 1) -> Int64[np.ndarray, "n w"]:
    """Returns an accessor's rows of whole numbers. Raises AssetError."""
    accessor = row_of(container.document.accessors, row, "accessor")
    if accessor.component_type == 5126:
        raise AssetError(f"accessor {row} has fractions where whole numbers belong")
    return _rows(container, row, accessor, width).astype(np.int64)


def width_of(container: Container, row: int) -> int:
    """Returns how many numbers a row of an accessor has. Raises AssetError."""
    return _WIDTHS.get(row_of(container.document.accessors, row, "accessor").type, 0)


def _rows(container: Container, row: int, accessor: Accessor, width: int) -> np.ndarray:
    if _WIDTHS.get(accessor.type) != width:
        raise AssetError(f"accessor {row} is {accessor.type} where {width} numbers belong")
    if accessor.count > MOST_ELEMENTS:
        raise AssetError(f"accessor {row} claims {accessor.count} rows, {MOST_ELEMENTS} are allowed")
    dtype = np.dtype(_DTYPES[accessor.component_type])
    if accessor.buffer_view is None:
        found = np.zeros((accessor.count, width), dtype)
    else:
        stride = row_of(container.document.buffer_views, accessor.buffer_view, "buffer view").byte_stride
        view = container.view(accessor.buffer_view)
        found = _strided(view, accessor.byte_offset, (accessor.count, width), dtype, stride)
    return found if accessor.sparse is None else _changed(container, found, accessor.sparse, row)


def _strided(
    view: memoryview, offset: int, shape: tuple[int, int], dtype: np.dtype, stride: int | None = None
) -> np.ndarray:
    """Returns rows that lie in a buffer view. Raises AssetError when they reach out of it."""
    count, width = shape
    item_bytes = width * dtype.itemsize
    step = stride or item_bytes
    end = offset + (count - 1) * step + item_bytes
    if end > len(view) or step < item_bytes:
        raise AssetError(f"an accessor ends at byte {end}, its buffer view has {len(view)}")
    return np.ndarray(shape, dtype, view, offset, (step, dtype.itemsize))


def _changed(container: Container, found: np.ndarray, sparse: Sparse, row: int) -> np.ndarray:
    """Returns the rows with those replaced that the sparse part names."""
    index_type = np.dtype(_DTYPES[sparse.indices.component_type])
    at = container.view(sparse.indices.buffer_view)
    rows = _strided(at, sparse.indices.byte_offset, (sparse.count, 1), index_type)[:, 0].astype(np.int64)
    values = container.view(sparse.values.buffer_view)
    new = _strided(values, sparse.values.byte_offset, (sparse.count, found.shape[1]), found.dtype)
    if rows.max() >= len(found):
        raise AssetError(f"accessor {row} changes row {rows.max()}, it has {len(found)}")
    changed = np.array(found)
    changed[rows] = new
    return changed
