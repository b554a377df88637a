"""The tiny generalist learns, goes on exactly where it was, paints what `evaluate` takes; baselines are fair."""

import shlex
from functools import partial
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from render_configs.load import load_spec
from scenegen.dataset import open_dataset
from scenegen.encoders import ENCODERS
from scenegen.encoders.legend import Legend, LegendEntry, Rgb
from scenegen.encoders.masks import decode_instances
from scenegen.encoders.prompts import SemanticRequest, draw_prompt
from scenegen.evaluate import evaluate
from tests.scenegen.dataset.conftest import make_record, write_dataset

torch = pytest.importorskip("torch", reason="torch is not installed: `make test-train`")

from examples.tiny_generalist import baselines, paint  # noqa: E402 - after the skip
from examples.tiny_generalist.model import Painter  # noqa: E402 - after the skip
from examples.tiny_generalist.painted import FLAT, MIXED, SCALE, STOPS, Painted  # noqa: E402 - after the skip
from examples.tiny_generalist.targets import near_weights, ordered, small_weights, taught  # noqa: E402 - after the skip
from examples.tiny_generalist.train import Training, means  # noqa: E402 - after the skip
from examples.tiny_generalist.words import (  # noqa: E402 - after the skip
    ASKED,
    BACKGROUND,
    NAMED,
    NOTHING,
    OBJECT_COLORS,
    PAD,
    UNKNOWN,
    Vocabulary,
)
from scenegen.dataset import TripletDataset  # noqa: E402 - after the skip

README = Path(__file__).parents[2] / "examples/tiny_generalist/README.md"


@pytest.fixture(scope="module")
def balls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight frames of a ball on a floor, all tasks; half of the scenes in another split."""
    record = make_record(scenes=4, tasks=tuple(ENCODERS), splits={"train": 0.5, "test": 0.5}, scenes_per_unit=1)
    return write_dataset(tmp_path_factory.mktemp("balls") / "out", record)


def semantic_prompt(labels: list[str], colors: list[Rgb], background: Rgb | None = None) -> str:
    entries = tuple(LegendEntry(label, rgb, (), 0, True) for label, rgb in zip(labels, colors, strict=True))
    return draw_prompt(np.random.default_rng(0), SemanticRequest(Legend(entries, background)))


def training(url: Path, steps: int) -> Training:
    torch.set_num_threads(1)
    return Training(str(url), steps, batch_rows=3)


def test_the_readmes_command_asks_for_a_thousand_small_frames_of_the_preset_mixed() -> None:
    command = README.read_text().split("```sh\n")[1].replace("\\\n", "").splitlines()[0]
    words = shlex.split(command)
    assert words[:4] == ["scenegen", "generate", "mixed", "out/tiny"]
    spec = load_spec("mixed", [after for before, after in pairwise(words) if before == "--set"])
    assert (spec.camera.width_px, spec.camera.height_px) == (64, 64)
    assert spec.scenes * spec.views_per_scene * spec.splits.train > 1000
    assert set(spec.tasks) == set(ENCODERS)
    assert spec.recipe == load_spec("mixed").recipe


def test_each_task_is_learnt(balls: Path) -> None:
    begun = training(balls, 40)
    batch = next(iter(TripletDataset(str(balls), split="train", batch_rows=99, truth=True, transform=taught)))

    def losses() -> dict[str, float]:
        with torch.inference_mode():
            painted = begun.painter(batch["input_image"] / 255, begun.vocabulary.read(batch["edit_prompt"]))
            each = painted.losses(batch["edited_image"] / 255, batch["weight"], batch["z_depth_m"])
        return means(batch["task"], each.tolist())

    before = losses()
    list(begun.run())
    after = losses()
    assert set(after) == set(ENCODERS)
    assert all(after[task] < 0.8 * before[task] for task in ENCODERS)


def test_a_training_goes_on_exactly_where_it_was(balls: Path, tmp_path: Path) -> None:
    whole = training(balls, 5)
    losses = list(whole.run())
    first = training(balls, 5)
    came = list(islice(first.run(), 2))
    torch.save(first.state_dict(), tmp_path / "checkpoint.pt")
    second = training(balls, 5)
    second.load_state_dict(torch.load(tmp_path / "checkpoint.pt"))
    assert came + list(second.run()) == losses
    for there, here in zip(whole.averaged.parameters(), second.averaged.parameters(), strict=True):
        assert torch.equal(there, here)


def test_a_painting_is_what_evaluate_takes(balls: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = training(balls, 1)
    list(begun.run())
    torch.save(begun.state_dict(), tmp_path / "tiny.pt")
    monkeypatch.setattr("sys.argv", ["paint", str(tmp_path / "tiny.pt"), str(balls), str(tmp_path / "painted")])
    paint.main()
    report = evaluate(tmp_path / "painted", balls, split="test")
    assert len(report.scores) == len(open_dataset(balls).rows(split="test"))
    assert not report.missing
    assert not report.unreadable


def test_baselines_cover_the_split_and_shuffled_ones_are_of_another_scene(
    balls: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    constant, shuffled = tmp_path / "constant", tmp_path / "shuffled"
    monkeypatch.setattr("sys.argv", ["baselines", str(balls), str(constant), str(shuffled)])
    baselines.main()
    for folder in (constant, shuffled):
        assert not evaluate(folder, balls, split="test").missing
    rows = list(open_dataset(balls).rows())
    for row, rgb in zip(rows, baselines.shuffled(rows), strict=True):
        own = [other.target_rgb for other in rows if other.scene_id == row.scene_id and other.task == row.task]
        assert not any(np.array_equal(rgb, each) for each in own)


def test_the_best_constants_are_best(balls: Path) -> None:
    rows = [row for row in open_dataset(balls).rows() if row.task in {"depth", "normals"}]
    constants = baselines.fitted(rows)
    report = evaluate(lambda row: constants[row.task](row), balls, tasks=["depth", "normals"])
    best = report.tasks()["depth"].figures["abs_rel"]
    for z_depth_m in (1.0, 3.0, 9.0):
        other = evaluate(partial(baselines.wall, z_depth_m=z_depth_m, normal=np.array([0.0, 0.0, 1.0])), balls)
        assert best <= other.tasks()["depth"].figures["abs_rel"]
        assert report.tasks()["normals"].figures["mean_deg"] <= other.tasks()["normals"].figures["mean_deg"]


def test_a_prompt_is_read_as_what_is_asked_and_the_phrases_with_their_colours() -> None:
    mask = semantic_prompt(["chairs", "zebra"], [(255, 128, 0), (1, 2, 3)], background=(9, 9, 9))
    vocabulary = Vocabulary.of([semantic_prompt(["chair"], [(1, 1, 1)])] * 3)
    read = vocabulary.read([mask, "Surface normals of the given view."])
    assert [ASKED[each] for each in read.asked] == ["semantic", "normals"]
    assert read.part.tolist() == [[BACKGROUND, NAMED, NAMED], [BACKGROUND, NOTHING, NOTHING]]
    assert (read.colors[0] * 255).tolist() == [[9, 9, 9], [255, 128, 0], [1, 2, 3]]
    assert vocabulary.words[read.words[0, 1, 0] - 2] == "chair"
    assert read.words[0, 2, 0] == UNKNOWN


def painted(**changes: Any) -> Painted:
    """Two by two pixels of one row, of which nothing is known but what is given."""
    parts = {
        "kind": torch.tensor([FLAT]),
        "choice": torch.zeros(1, 3, 2, 2),
        "colors": torch.tensor([[[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 0.4, 0.0]]]),
        "mixed": torch.full((1, 3, 2, 2), 0.25),
        "place": torch.zeros(1, STOPS, 2, 2),
        "scale": torch.linspace(0, 1, STOPS)[None, :, None].expand(1, STOPS, 3),
    }
    return Painted(**parts | changes)


def loss(given: Painted, target: Any, z_depth_m: float = 1.0) -> float:
    ones = torch.ones(1, 2, 2)
    return float(given.losses(target, ones, z_depth_m * ones))


def test_a_flat_brush_paints_exactly_its_colour_and_the_right_one_is_learnt() -> None:
    choice = torch.zeros(1, 3, 2, 2)
    choice[0, 2, 0] = choice[0, 1, 1] = 5.0
    sure = painted(choice=choice)
    assert sure.rgb()[0, :, 0, 0].tolist() == pytest.approx([1.0, 0.4, 0.0])
    assert sure.rgb()[0, :, 1, 1].tolist() == [1.0, 0.0, 0.0]
    assert loss(sure, sure.rgb()) < loss(painted(), sure.rgb()) - 1


def test_a_mixed_colour_is_painted_as_it_is() -> None:
    mixed = painted(kind=torch.tensor([MIXED]))
    assert mixed.rgb().unique().tolist() == [0.25]
    assert loss(mixed, mixed.rgb()) < loss(mixed, mixed.rgb() + 0.1) - 0.4


def test_a_depth_is_painted_on_the_scale_at_the_median_and_nearer_where_it_may_be_either() -> None:
    place, kind = torch.full((1, STOPS, 2, 2), -30.0), torch.tensor([SCALE])
    place[0, 10] = 5.0
    sure = painted(kind=kind, place=place)
    assert sure.rgb().mean() == pytest.approx(10 / (STOPS - 1), abs=0.6 / (STOPS - 1))
    near, far = (loss(sure, sure.rgb(), z_depth_m) for z_depth_m in (1.1, 9.0))
    assert near < far - 5
    place[0, 30] = 5.0
    assert painted(kind=kind, place=place).rgb().mean() < 12 / (STOPS - 1)


def test_what_picture_and_mirror_image_agree_on_is_painted_where_there_is_no_left_and_right() -> None:
    choice = torch.zeros(1, 3, 2, 2)
    choice[0, 1, :, 0] = 4.0
    mixed = torch.rand(1, 3, 2, 2)
    alone = painted(choice=choice, mixed=mixed)
    turned = torch.cat([1 - mixed[:, :1], mixed[:, 1:]], 1).flip(3)
    same = alone.agreed(painted(choice=choice.flip(3), mixed=turned))
    torch.testing.assert_close(same.mixed, mixed)
    torch.testing.assert_close(same.choice.softmax(1), choice.softmax(1))
    assert alone.agreed(alone).choice.softmax(1)[0, 1, 0, 1] > choice.softmax(1)[0, 1, 0, 1]
    read = Vocabulary(()).read(
        ["Surface normals of the given view.", "All desks in the picture, no two in the same color."]
    )
    assert paint.has_no_sides(read).tolist() == [True, False]


def test_the_painter_knows_phrases_by_their_words_and_sees_no_padding() -> None:
    told = [semantic_prompt([label], [(255, 0, 0)]) for label in ("chair", "sofa", "chair by a sofa")]
    vocabulary = Vocabulary.of(told * 3)
    painter, images = Painter(len(vocabulary)).eval(), torch.rand(1, 3, 32, 40).expand(3, -1, -1, -1)
    for each in painter.parameters():
        each.data += 0.02 * torch.randn_like(each)
    painter.text.word.weight.data[PAD] = 0
    told[2] = semantic_prompt(["chair by a sofa", "sofa"], [(1, 1, 1), (2, 2, 2)])
    alone, beside = painter(images[:1], vocabulary.read(told[:1])), painter(images, vocabulary.read(told))
    assert beside.choice.shape == (3, 3, 32, 40)
    assert (beside.choice[0, -1] < -1e3).all()
    torch.testing.assert_close(alone.choice[0], beside.choice[0, :-1], atol=1e-4, rtol=1e-3)
    assert not torch.allclose(beside.choice[0, 1], beside.choice[1, 1], atol=1e-3)


def test_objects_are_painted_from_left_to_right_and_can_be_told_apart() -> None:
    target = torch.zeros(3, 64, 64, dtype=torch.uint8)
    boxes = {(9, 9, 9): np.s_[:, 8:24, 26:38], (70, 9, 9): np.s_[:, 8:24, 40:52], (9, 200, 9): np.s_[:, 40:60, 8:20]}
    for rgb, box in boxes.items():
        target[box] = torch.tensor(rgb, dtype=torch.uint8)[:, None, None]
    made = ordered(target, list(boxes))
    assert [tuple(made[box][:, 0, 0].tolist()) for box in boxes.values()] == [OBJECT_COLORS[each] for each in (1, 2, 0)]
    found = decode_instances(made.permute(1, 2, 0).contiguous().numpy(), (0, 0, 0))
    assert {int(found[box[1:]].min()) for box in boxes.values()} == {1, 2, 3}


def test_what_is_small_or_near_weighs_more() -> None:
    target = torch.zeros(3, 8, 8, dtype=torch.uint8)
    target[:, 2, 2] = 9
    weights = small_weights(target)
    assert weights.mean() == pytest.approx(1.0, abs=1e-3)
    assert weights[2, 2] > weights[0, 0]
    assert near_weights(torch.tensor([1.0, 2.0, torch.inf])).diff().max() < 0
