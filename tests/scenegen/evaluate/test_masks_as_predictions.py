"""Segmentation targets as predictions: clean and noisy ones score as they must, constant and shuffled ones don't."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from jaxtyping import Int32, UInt8

from scenegen.encoders.masks import BACKGROUND as NO_CLASS
from scenegen.encoders.masks import decode_instances, decode_legend, paint, recoverable
from scenegen.evaluate import class_overlaps, count_instances, cumulative_iou, generalized_iou, mean_iou, pm_f1
from tests.scenegen.encoders.masks.scenes import BACKGROUND, colors_for, discs, noisy, objects_of, yard

Ids = Int32[np.ndarray, "h w"]
Target = UInt8[np.ndarray, "h w 3"]
Model = Callable[[list[Target]], list[Target]]

CLASSES = 20
SCENES: list[Callable[[int], Ids]] = [discs, yard]


def perfect(targets: list[Target]) -> list[Target]:
    return targets


def noise(sigma: float) -> Model:
    return lambda targets: [noisy(seed, target, sigma) for seed, target in enumerate(targets)]


def constant(color: tuple[int, int, int], targets: list[Target]) -> list[Target]:
    return [np.full_like(target, color) for target in targets]


def shuffled(targets: list[Target]) -> list[Target]:
    """Answers each prompt with another's target."""
    return [*targets[1:], targets[0]]


def scattered(targets: list[Target]) -> list[Target]:
    """Has the right colours in the wrong places."""
    rng = np.random.default_rng(0)
    return [rng.permutation(target.reshape(-1, 3)).reshape(target.shape) for target in targets]


WRONG: list[Model] = [
    partial(constant, BACKGROUND),
    partial(constant, (255, 255, 255)),
    partial(constant, (128, 128, 128)),
    shuffled,
    scattered,
]


def region_scores(scene: Callable[[int], Ids], model: Model) -> tuple[float, float, float]:
    """Returns mIoU, cIoU and gIoU where object 1, 21, 41, ... are of class 0, in fresh colours for each scene."""
    maps = [scene(seed) for seed in range(4)]
    legends = [colors_for(np.random.default_rng(seed), CLASSES, 64) for seed in range(4)]
    targets = [
        paint(ids, {each: legend[(each - 1) % CLASSES] for each in objects_of(ids)}, BACKGROUND)
        for ids, legend in zip(maps, legends, strict=True)
    ]
    overlaps = [
        overlap
        for ids, legend, answer in zip(maps, legends, model(targets), strict=True)
        for overlap in enumerate(
            class_overlaps(
                decode_legend(answer, legend, BACKGROUND),
                np.where(ids, (ids - 1) % CLASSES, NO_CLASS).astype(np.int32),
                CLASSES,
            )
        )
    ]
    alone = [overlap for _, overlap in overlaps if overlap.union_px]
    return mean_iou(overlaps), cumulative_iou(alone), generalized_iou(alone)


def instance_target(seed: int, ids: Ids) -> Target:
    objects = objects_of(ids)
    colors = colors_for(np.random.default_rng(seed), len(objects), 40)
    return paint(ids, dict(zip(objects, colors, strict=True)), BACKGROUND)


def instance_score(scene: Callable[[int], Ids], model: Model) -> float:
    """Returns pmF1 over the objects that can be read at all."""
    maps = [scene(seed) for seed in range(4)]
    targets = [instance_target(seed, ids) for seed, ids in enumerate(maps)]
    counts = []
    for ids, target, answer in zip(maps, targets, model(targets), strict=True):
        found = recoverable(target, BACKGROUND, ids, objects_of(ids))
        lost = set(objects_of(ids)) - found
        counts.append(count_instances(decode_instances(answer, BACKGROUND), ids, found, lost))
    return pm_f1(counts)


@pytest.mark.parametrize("scene", SCENES)
def test_clean_targets_are_read_exactly(scene: Callable[[int], Ids]) -> None:
    assert region_scores(scene, perfect) == (1, 1, 1)
    assert instance_score(scene, perfect) >= 0.98


@pytest.mark.parametrize("scene", SCENES)
def test_noise_costs_little(scene: Callable[[int], Ids]) -> None:
    miou, ciou, giou = region_scores(scene, noise(5))
    assert miou >= 0.98
    assert min(ciou, giou) >= 0.97
    assert instance_score(scene, noise(2)) >= 0.90


@pytest.mark.parametrize("model", WRONG)
@pytest.mark.parametrize("scene", SCENES)
def test_a_wrong_answer_scores_at_most_half(scene: Callable[[int], Ids], model: Model) -> None:
    assert max(region_scores(scene, model)) <= 0.5
    assert instance_score(scene, model) <= 0.5 * instance_score(scene, perfect)


@pytest.mark.parametrize("scene", SCENES)
def test_what_covers_a_thousandth_of_the_image_can_be_read(scene: Callable[[int], Ids]) -> None:
    readable = []
    for seed, ids in enumerate(scene(seed) for seed in range(4)):
        found = recoverable(instance_target(seed, ids), BACKGROUND, ids, objects_of(ids))
        readable += [each in found for each in objects_of(ids) if (ids == each).mean() >= 1e-3]
    assert len(readable) >= 40
    assert np.mean(readable) >= 0.9
