"""Catalog: what a run may place, and the way to load it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import cast

import pyarrow as pa
import pyarrow.compute as pc

from assets_catalog.index import Records, chosen, index_of
from assets_catalog.locking import locked
from assets_catalog.mesh import AssetMesh
from assets_catalog.record import AssetRecord, Entry, EnvironmentRecord, TextureRecord
from schemas.errors import CatalogError, did_you_mean
from schemas.run_record import CatalogLock


def _no_objects(name: str) -> bytes:
    raise CatalogError(f"this catalog keeps no files, and was asked for '{name}'")


@dataclass(frozen=True)
class Catalog:
    """The assets of one catalog, or those of them that a run may use."""

    name: str
    index: pa.Table
    """Columns as in `assets_catalog.index`."""
    load_mesh: Callable[[AssetRecord], AssetMesh]
    """Loads and checks a model; raises AssetError."""
    read_object: Callable[[str], bytes] = _no_objects
    """Returns a file that a texture or environment names, its hash checked; raises AssetError."""

    @classmethod
    def of(cls, name: str, records: Iterable[Entry], load_mesh: Callable[[AssetRecord], AssetMesh]) -> "Catalog":
        """Returns a catalog of records at hand."""
        return cls(name, index_of(records), load_mesh)

    @cached_property
    def records(self) -> Mapping[str, AssetRecord]:
        """The models: asset_id -> record, in the order of ids."""
        return cast(Mapping[str, AssetRecord], Records(chosen(self.index, "kind", ["model"])))

    @cached_property
    def textures(self) -> Mapping[str, TextureRecord]:
        """The sets of pictures that tile, likewise."""
        return cast(Mapping[str, TextureRecord], Records(chosen(self.index, "kind", ["texture"])))

    @cached_property
    def environments(self) -> Mapping[str, EnvironmentRecord]:
        """The pictures of all directions, likewise."""
        return cast(Mapping[str, EnvironmentRecord], Records(chosen(self.index, "kind", ["environment"])))

    def of_class(self, class_name: str) -> tuple[AssetRecord, ...]:
        """Returns the models of a class, in the order of ids."""
        return tuple(self.records[asset_id] for asset_id in self._ids_of_class.get(class_name, ()))

    def has_placement(self, placement: str) -> bool:
        """Tells whether a model belongs there."""
        return bool(pc.any(pc.equal(self.index["placement"], placement)).as_py())

    def for_split(self, split: str) -> "Catalog":
        """Returns what scenes of a split may show; the same object each time."""
        if split not in self._of_split:
            self._of_split[split] = replace(self, index=chosen(self.index, "split", [split]))
        return self._of_split[split]

    def only(self, asset_ids: Iterable[str]) -> "Catalog":
        """Returns the named assets of it."""
        return replace(self, index=chosen(self.index, "asset_id", list(asset_ids)))

    def licensed(self, licenses: Sequence[str]) -> "Catalog":
        """Returns what is under one of the SPDX ids, all for none named. Raises CatalogError for one not there."""
        there = sorted(pc.unique(self.index["license"]).to_pylist())
        for license_id in licenses:
            if license_id not in there:
                nearest = did_you_mean(license_id, there)
                raise CatalogError(
                    f"catalog '{self.name}' has nothing under '{license_id}'{nearest}; it has: {', '.join(there)}"
                )
        return replace(self, index=chosen(self.index, "license", licenses)) if licenses else self

    def load(self, asset_id: str) -> AssetMesh:
        """Returns the mesh of a model. Raises AssetError, or CatalogError for an id that is none of its."""
        if asset_id not in self.records:
            raise CatalogError(f"catalog '{self.name}' has no asset '{asset_id}'{did_you_mean(asset_id, self.records)}")
        return self.load_mesh(self.records[asset_id])

    def lock(self) -> CatalogLock:
        """Returns ids and hashes, for the run record."""
        return CatalogLock(catalog=self.name, assets=locked(self.index))

    @cached_property
    def _of_split(self) -> dict[str, "Catalog"]:
        return {}

    @cached_property
    def _ids_of_class(self) -> dict[str, list[str]]:
        models = chosen(self.index, "kind", ["model"])
        ids: dict[str, list[str]] = {}
        for asset_id, class_name in zip(models["asset_id"].to_pylist(), models["class_name"].to_pylist(), strict=True):
            ids.setdefault(class_name, []).append(asset_id)
        return ids
