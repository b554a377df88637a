"""Trains a LoRA of an open image editor on a dataset of ours; goes on where its output folder says it was.

    accelerate launch -m examples.lora_editor.train examples/lora_editor/klein.yaml

The reader shards over the processes by itself, so its loader is not given to accelerate. What is written can be loaded
by `Flux2KleinPipeline.load_lora_weights`; state.pt has optimiser, schedule and the place in the data beside it.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from accelerate import Accelerator
from accelerate.utils import set_seed
from diffusers import Flux2KleinPipeline
from diffusers.optimization import get_cosine_schedule_with_warmup
from peft import get_peft_model_state_dict, set_peft_model_state_dict

from examples.lora_editor.config import Config, read_config
from examples.lora_editor.flow import adapted, flow_loss
from scenegen.dataset import TripletDataset


class Training:
    """An editor in training."""

    def __init__(self, config: Config, editor: Any, accelerator: Accelerator) -> None:
        set_seed(config.seed, device_specific=True)
        self.config, self.editor, self.accelerator, self.done = config, editor, accelerator, 0
        parameters = adapted(editor.transformer, config.rank, config.alpha)
        if config.gradient_checkpointing:
            editor.transformer.enable_gradient_checkpointing()
        optimiser = torch.optim.AdamW(parameters, lr=config.rate, weight_decay=1e-4)
        schedule = get_cosine_schedule_with_warmup(optimiser, config.warm_steps, config.steps)
        self.transformer, self.optimiser = accelerator.prepare(editor.transformer, optimiser)
        self.schedule, self.parameters = schedule, parameters
        self.rows = TripletDataset(
            config.data,
            split=config.split,
            batch_rows=config.batch_rows,
            seed=config.seed,
            flip=config.flip,
            reencode=config.reencode,
            even=True,
        )
        self._resume()

    def run(self) -> Iterator[float]:
        """Takes the steps that are left; yields the loss of the last batch of each."""
        while self.done < self.config.steps:
            for batch in self.rows.loader(self.config.workers):
                loss = self._batch(batch)
                if not self.accelerator.sync_gradients:
                    continue
                self.schedule.step()
                self.done += 1
                if self.done % self.config.save_every == 0 or self.done == self.config.steps:
                    self._save()
                yield loss
                if self.done == self.config.steps:
                    return

    def _batch(self, batch: dict[str, Any]) -> float:
        """Adds a batch's gradients, and steps with the last of those that make a step."""
        with self.accelerator.accumulate(self.transformer), self.accelerator.autocast():
            loss = flow_loss(self.editor, self.transformer, batch, self.config.prompt_tokens)
            self.accelerator.backward(loss)
            if self.accelerator.sync_gradients:
                self.accelerator.clip_grad_norm_(self.parameters, 1.0)
            self.optimiser.step()
            self.optimiser.zero_grad()
        return float(loss.detach())

    def _save(self) -> None:
        self.accelerator.wait_for_everyone()
        state = {name: getattr(self, name).state_dict() for name in ("optimiser", "schedule", "rows")}
        layers = get_peft_model_state_dict(self.editor.transformer)
        if self.accelerator.is_main_process:
            self.config.output.mkdir(parents=True, exist_ok=True)
            self.editor.save_lora_weights(self.config.output, transformer_lora_layers=layers)
            torch.save({**state, "layers": layers, "done": self.done}, self._state_path)

    def _resume(self) -> None:
        if not self._state_path.exists():
            return
        state = torch.load(self._state_path, map_location="cpu")
        set_peft_model_state_dict(self.editor.transformer, state["layers"])
        for name in ("optimiser", "schedule", "rows"):
            getattr(self, name).load_state_dict(state[name])
        self.done = state["done"]

    @property
    def _state_path(self) -> Path:
        return self.config.output / "state.pt"


def main() -> None:
    """Trains by the configuration that is named, a line each 10 steps."""
    config = read_config(Path(sys.argv[1]))
    accelerator = Accelerator(mixed_precision="bf16", gradient_accumulation_steps=config.accumulate)
    editor = Flux2KleinPipeline.from_pretrained(config.model, torch_dtype=torch.bfloat16).to(accelerator.device)
    training = Training(config, editor, accelerator)
    for loss in training.run():
        if training.done % 10 == 0:
            accelerator.print(f"step {training.done} loss {loss:.4f}", flush=True)


if __name__ == "__main__":
    main()
