"""Catalogs of textures and environments that tests make themselves, by the same road as a user's."""

import io
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
from PIL import Image

from assets_catalog.catalog import Catalog
from assets_catalog.index import index_of
from assets_catalog.ingest.candidate import (
    AddOptions,
    Candidate,
    Facts,
    Kind,
    LoadedEnvironment,
    LoadedTexture,
    Prepared,
)
from assets_catalog.ingest.surroundings import prepare_environment, prepare_texture
from assets_catalog.mesh import AssetMesh
from assets_catalog.record import AssetRecord, Entry, MapRole


def candidate(kind: Kind, asset_id: str, facts: Facts | None = None) -> Candidate:
    """Returns a candidate under CC0 that is never loaded."""
    stated = facts or Facts(license="CC0-1.0", source="tests")
    return Candidate(asset_id, kind, (), Path(), stated, lambda: LoadedTexture({}))


def environment(radiance: np.ndarray, asset_id: str = "hdri/test", facts: Facts | None = None) -> Prepared:
    """Returns a picture of all directions, prepared."""
    loaded = LoadedEnvironment(radiance.astype(np.float32))
    return prepare_environment(candidate("environment", asset_id, facts), loaded, AddOptions())


def texture(maps: Mapping[MapRole, bytes], asset_id: str = "textures/test", facts: Facts | None = None) -> Prepared:
    """Returns a set of pictures, prepared."""
    return prepare_texture(candidate("texture", asset_id, facts), LoadedTexture(maps), AddOptions())


def picture(pixels: np.ndarray, ending: str = "PNG") -> bytes:
    """Returns an array of bytes as a file."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, ending)
    return buffer.getvalue()


def plain(color: tuple[int, int, int], side_px: int = 16) -> bytes:
    """Returns a PNG of one colour."""
    return picture(np.full((side_px, side_px, 3), color, dtype=np.uint8))


def stored(prepared: Iterable[Prepared], models: Iterable[Entry] = ()) -> Catalog:
    """Returns a catalog of what was prepared, all of it for training, and of models that can't be loaded."""
    taken = list(prepared)
    objects = {name: content for each in taken for name, content in each.objects.items()}
    return Catalog("test", index_of([*models, *(each.entry for each in taken)]), _no_mesh, objects.__getitem__)


def _no_mesh(record: AssetRecord) -> AssetMesh:
    raise AssertionError(f"loaded the mesh of {record.asset_id}")
