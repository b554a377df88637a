"""Kept forms: those of models, from one scene to the next, for reading a mesh takes longer than asking it.

What was not used longest goes first when the kept ones exceed a number of triangles. No verdict depends on what is
kept: a form is what the catalog says of the model by its sha256, and is never changed.
"""

from assets_catalog.catalog import Catalog
from assets_catalog.mesh import AssetMesh
from scenegen.recipes.placement.form import Form
from scenegen.recipes.placement.shapes import form_of_shapes, joined
from schemas.scene_plan import PlannedObject


class KeptForms:
    """Forms of models, the least recently used first."""

    def __init__(self, most_triangles: int) -> None:
        self._most_triangles = most_triangles
        self._kept: dict[tuple[str, str, str], Form] = {}
        self._triangles = 0

    def form(self, asset_id: str, catalog: Catalog) -> Form:
        """Returns a model's form. Raises AssetError where its mesh can't be read."""
        key = catalog.name, asset_id, catalog.records[asset_id].sha256
        form = self._kept.pop(key, None)
        if form is None:
            form = form_of_mesh(catalog.load(asset_id))
            self._triangles += len(form.triangles)
        self._kept[key] = form
        while self._triangles > self._most_triangles and len(self._kept) > 1:
            self._triangles -= len(self._kept.pop(next(iter(self._kept))).triangles)
        return form


_FORMS = KeptForms(most_triangles=2_000_000)
"""Of this process; about 200 bytes a triangle."""


def form_of(planned: PlannedObject, catalog: Catalog) -> Form:
    """Returns a planned object's form; those of models are kept."""
    return form_of_shapes(planned) if planned.asset_id is None else form_of_asset(planned.asset_id, catalog)


def form_of_asset(asset_id: str, catalog: Catalog) -> Form:
    """Returns a model's form, kept for the next scene. Raises AssetError where its mesh can't be read."""
    return _FORMS.form(asset_id, catalog)


def form_of_mesh(mesh: AssetMesh) -> Form:
    """Returns a model's form."""
    return joined([(part.vertices_m, part.triangles) for part in mesh.parts])
