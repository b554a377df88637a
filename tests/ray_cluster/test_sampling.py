"""Sampling: each recipe of the mix is met, as the shares say, by scenes that are its own."""

from ray_cluster.sampling import evenly, strata_of
from schemas.run_spec import RunSpec
from schemas.scene_draw import recipe_of

MIX = RunSpec(scenes=400, recipe={"room": 6, "street": 3, "hall": 0.2})


def test_every_recipe_is_met_and_its_scenes_are_its_own() -> None:
    strata = strata_of(MIX, 12)
    assert [stratum.recipe for stratum in strata] == ["hall", "room", "street"]
    for stratum in strata:
        assert {recipe_of(MIX, scene) for scene in stratum.scenes} == {stratum.recipe}
        assert len(set(stratum.scenes)) == len(stratum.scenes) >= 2
        there = sum(recipe_of(MIX, scene) == stratum.recipe for scene in range(400))
        assert stratum.share == there / 400
    assert len(strata[1].scenes) > len(strata[2].scenes) > len(strata[0].scenes)


def test_a_run_of_fewer_scenes_than_are_asked_for_is_taken_whole() -> None:
    (stratum,) = strata_of(RunSpec(scenes=3), 8)
    assert stratum.scenes == (0, 1, 2)


def test_scenes_are_spread_over_a_large_run() -> None:
    (stratum,) = strata_of(RunSpec(scenes=1_000_000), 4)
    assert [scene // 250_000 for scene in stratum.scenes] == [0, 1, 2, 3]
    assert evenly(range(10), 2) == [2, 7]
