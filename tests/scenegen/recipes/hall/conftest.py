"""Halls for the tests: two of each kind, planned once, and a poor catalog, for a hall must stand without models."""

import pytest

from assets_catalog.catalog import Catalog
from scenegen.recipes.hall import layout
from scenegen.recipes.hall.recipe import plan_hall
from scenegen.recipes.recipe import Refused, Scenery
from schemas.run_spec import RunSpec
from schemas.seeds import rng_for

KINDS: tuple[layout.Kind, ...] = ("warehouse", "shop", "parking")
SPEC = RunSpec(recipe="hall", views_per_scene=2)
OF_EACH = 2


def planned(kind: layout.Kind, seed: int, catalog: Catalog, spec: RunSpec = SPEC) -> Scenery:
    """Returns the first hall of a kind, from a seed on."""
    for other in range(seed, seed + 200):
        if kind_of(other, spec) == kind:
            made = plan_hall(other, spec, catalog)
            assert not isinstance(made, Refused)
            return made
    raise AssertionError(f"no {kind} in 200 halls")


def kind_of(seed: int, spec: RunSpec = SPEC) -> layout.Kind:
    """Returns the kind of a seed's hall."""
    return hall_of(seed, spec).kind


def hall_of(seed: int, spec: RunSpec = SPEC) -> layout.Hall:
    """Returns the measures of a seed's hall."""
    return layout.draw_hall(rng_for(seed, "hall"), spec.hall)


@pytest.fixture(scope="session")
def halls(builtin: Catalog) -> dict[layout.Kind, list[Scenery]]:
    """Returns some halls of each kind."""
    return {kind: [planned(kind, 1000 * number, builtin) for number in range(OF_EACH)] for kind in KINDS}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> layout.Kind:
    """Returns each kind in turn."""
    kind: layout.Kind = request.param
    return kind
