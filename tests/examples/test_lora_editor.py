"""The recipe for an editor: configuration, loading, collation and steps, with a tiny random editor of the same kind."""

from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from scenegen.encoders import ENCODERS
from tests.scenegen.dataset.conftest import make_record, write_dataset

torch = pytest.importorskip("torch", reason="torch is not installed: `make test-train`")
diffusers = pytest.importorskip("diffusers", reason="diffusers is not installed: `make test-train`")

from accelerate import Accelerator  # noqa: E402 - after the skip

from examples.lora_editor.config import Config, read_config  # noqa: E402 - after the skip
from examples.lora_editor.flow import flow_loss, latents, places  # noqa: E402 - after the skip
from examples.lora_editor.train import Training  # noqa: E402 - after the skip
from scenegen.dataset import TripletDataset  # noqa: E402 - after the skip

RECIPE = Path(__file__).parents[2] / "examples/lora_editor/klein.yaml"


@pytest.fixture(scope="module")
def balls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four frames of a ball on a floor, all tasks."""
    record = make_record(scenes=2, tasks=tuple(ENCODERS))
    return write_dataset(tmp_path_factory.mktemp("balls") / "out", record)


class Editor(diffusers.Flux2KleinPipeline):  # type: ignore[misc, name-defined]
    """An editor whose prompts are told by their lengths: real ones need weights."""

    def encode_prompt(self, prompt: list[str], device: Any, max_sequence_length: int) -> tuple[Any, Any]:
        told = torch.stack([torch.linspace(0, len(each) / 100, 8 * 16).unflatten(0, (8, 16)) for each in prompt])
        return told.to(device), self._prepare_text_ids(told).to(device)


def tiny_editor() -> Editor:
    torch.manual_seed(0)
    transformer = diffusers.Flux2Transformer2DModel(
        patch_size=1,
        in_channels=16,
        num_layers=1,
        num_single_layers=1,
        attention_head_dim=16,
        num_attention_heads=2,
        joint_attention_dim=16,
        timestep_guidance_channels=32,
        axes_dims_rope=[4, 4, 4, 4],
        guidance_embeds=False,
    )
    vae = diffusers.AutoencoderKLFlux2(
        block_out_channels=(8, 8),
        down_block_types=("DownEncoderBlock2D",) * 2,
        up_block_types=("UpDecoderBlock2D",) * 2,
        layers_per_block=1,
        latent_channels=4,
        norm_num_groups=2,
        sample_size=64,
    )
    scheduler = diffusers.FlowMatchEulerDiscreteScheduler()
    return Editor(scheduler=scheduler, vae=vae.eval(), text_encoder=None, tokenizer=None, transformer=transformer)


def training(balls: Path, output: Path, **changes: Any) -> Training:
    torch.set_num_threads(1)
    recipe = read_config(RECIPE).model_dump() | {"data": str(balls), "output": output, "workers": 0} | changes
    config = Config.model_validate(recipe)
    return Training(config, tiny_editor(), Accelerator(cpu=True, gradient_accumulation_steps=config.accumulate))


def test_the_recipe_is_complete_and_a_wrong_key_is_refused(tmp_path: Path) -> None:
    said = RECIPE.read_text()
    assert read_config(RECIPE).model_fields_set == set(Config.model_fields)
    (tmp_path / "wrong.yaml").write_text(said.replace("rank:", "rnk:"))
    with pytest.raises(ValueError, match="rnk"):
        read_config(tmp_path / "wrong.yaml")


def test_a_batch_is_collated_as_the_editor_takes_it(balls: Path) -> None:
    editor = tiny_editor()
    batch = next(iter(TripletDataset(str(balls), batch_rows=3, reencode=True, flip=0.5)))
    wanted = latents(editor, batch["edited_image"])
    assert wanted.shape == (3, 16, 12, 16)
    at = places(editor, wanted, latents(editor, batch["input_image"]))
    assert at.shape == (3, 2 * 12 * 16, 4)
    assert len(torch.unique(at[0], dim=0)) == len(at[0])
    assert not torch.equal(at[:, 0, 0], at[:, -1, 0])


def test_who_says_the_difference_of_noise_and_target_has_no_loss(balls: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editor, batch = tiny_editor(), next(iter(TripletDataset(str(balls), batch_rows=3)))
    wanted = editor._pack_latents(latents(editor, batch["edited_image"]))

    def knowing(hidden_states: Any, timestep: Any, **rest: Any) -> tuple[Any]:
        mixed = hidden_states[:, : wanted.shape[1]]
        assert not torch.equal(hidden_states[:, wanted.shape[1] :], wanted)
        return (torch.cat([(mixed - wanted) / timestep[:, None, None], mixed], 1),)

    assert flow_loss(editor, knowing, batch, 512) < 1e-6


def test_only_adapters_learn_and_what_is_saved_can_be_loaded(balls: Path, tmp_path: Path) -> None:
    begun = training(balls, tmp_path / "out", steps=1, accumulate=2, warm_steps=0)
    before = {name: each.clone() for name, each in begun.editor.transformer.named_parameters()}
    assert len(list(begun.run())) == 1
    changed = {
        name for name, each in begun.editor.transformer.named_parameters() if not torch.equal(each, before[name])
    }
    assert changed
    assert all("lora" in name for name in changed)
    assert {name.split(".")[0] for name in changed} == {"transformer_blocks", "single_transformer_blocks"}
    other = tiny_editor()
    other.load_lora_weights(tmp_path / "out")
    there = {name for name, _ in other.transformer.named_parameters() if "lora" in name}
    assert len(there) == sum("lora" in name for name in before)


def test_a_training_goes_on_where_it_was(balls: Path, tmp_path: Path) -> None:
    choices: dict[str, Any] = {"steps": 3, "accumulate": 1, "batch_rows": 1, "save_every": 2, "reencode": False}
    first = training(balls, tmp_path / "out", **choices)
    list(islice(first.run(), 2))
    second = training(balls, tmp_path / "out", **choices)
    assert second.done == 2
    assert second.rows.state_dict() == first.rows.state_dict()
    for here, there in zip(first.parameters, second.parameters, strict=True):
        torch.testing.assert_close(here, there)
    assert len(list(second.run())) == 1
