"""Which recipe a scene is of: a draw by the shares in the spec, from a stream of the scene's own."""

from schemas.run_spec import RunSpec
from schemas.seeds import rng_for


def recipe_of(spec: RunSpec, scene_index: int) -> str:
    """Returns the name of the scene's recipe; no other scene moves it."""
    if isinstance(spec.recipe, str):
        return spec.recipe
    names = sorted(spec.recipe)
    shares = [spec.recipe[name] for name in names]
    drawn = float(rng_for(spec.seed, "recipe", scene_index).random()) * sum(shares)
    for name, share in zip(names, shares, strict=True):
        drawn -= share
        if drawn < 0:
            return name
    return names[-1]


def recipe_words(spec: RunSpec) -> str:
    """Returns the recipes with their shares, for people: 'room', or '70% room, 30% street'."""
    if isinstance(spec.recipe, str):
        return spec.recipe
    total = sum(spec.recipe.values())
    by_share = sorted(spec.recipe.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{share / total:.0%} {name}" for name, share in by_share)
