"""Trains the painter with the project's own reader, on CPU; goes on where a checkpoint stands.

python -m examples.tiny_generalist.train out/tiny out/tiny.pt --steps 2000
"""

import argparse
import math
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from examples.tiny_generalist.model import Painter
from examples.tiny_generalist.targets import taught
from examples.tiny_generalist.words import Vocabulary
from scenegen.dataset import TripletDataset, open_dataset
from schemas.errors import InputError

_RATE, _DECAY, _WARM_STEPS = 2e-3, 0.05, 100
_KEPT = 0.995
"""Of the averaged weights, each step."""


class Spent:
    """What a training has taken: seconds by the clock and of this process's processors, those before a restart too."""

    def __init__(self, clock_s: float = 0.0, cpu_s: float = 0.0) -> None:
        self._clock_s, self._cpu_s = clock_s - time.monotonic(), cpu_s - time.process_time()

    def until_now(self) -> tuple[float, float]:
        """Returns both."""
        return self._clock_s + time.monotonic(), self._cpu_s + time.process_time()


class Training:
    """Network, its averaged weights, optimiser and place in the data: what a checkpoint holds."""

    def __init__(self, url: str, steps: int, batch_rows: int = 16, seed: int = 0, words: Sequence[str] = ()) -> None:
        """`words`: those of a checkpoint; none: the vocabulary is that of the training prompts."""
        torch.manual_seed(seed)
        prompts = open_dataset(url).rows(split="train").column("edit_prompt")
        self.vocabulary = Vocabulary(tuple(words)) if words else Vocabulary.of(prompts)
        self.rows = TripletDataset(
            url,
            split="train",
            batch_rows=batch_rows,
            buffer_groups=16,
            seed=seed,
            flip=0.5,
            truth=True,
            transform=taught,
        )
        self.painter = Painter(len(self.vocabulary))
        self.averaged = torch.optim.swa_utils.AveragedModel(self.painter, avg_fn=_averaged)
        self.optimiser = torch.optim.AdamW(self.painter.parameters(), lr=_RATE, betas=(0.9, 0.98), weight_decay=_DECAY)
        self.steps, self.done, self.spent = steps, 0, Spent()

    def run(self, workers: int = 0) -> Iterator[dict[str, float]]:
        """Takes the steps that are left; yields the mean loss of each task in a batch."""
        while self.done < self.steps:
            for batch in self.rows.loader(workers):
                yield self._step(batch)
                if self.done == self.steps:
                    return

    def _step(self, batch: dict[str, Any]) -> dict[str, float]:
        for group in self.optimiser.param_groups:
            group["lr"] = _RATE * min(1, (self.done + 1) / _WARM_STEPS) * _cosine(self.done / self.steps)
        torch.manual_seed(self.done)
        images, targets = (batch[name].float() / 255 for name in ("input_image", "edited_image"))
        with torch.autocast("cpu", torch.bfloat16):
            painted = self.painter(_lit(images), self.vocabulary.read(batch["edit_prompt"]))
        losses = painted.losses(targets, batch["weight"], batch["z_depth_m"])
        self.optimiser.zero_grad()
        losses.mean().backward()
        nn.utils.clip_grad_norm_(self.painter.parameters(), 1.0)
        self.optimiser.step()
        self.averaged.update_parameters(self.painter)
        self.done += 1
        return means(batch["task"], losses.tolist())

    def state_dict(self) -> dict[str, Any]:
        """Returns all that going on takes."""
        parts = {name: getattr(self, name).state_dict() for name in ("painter", "averaged", "optimiser", "rows")}
        return {**parts, "words": self.vocabulary.words, "done": self.done, "spent": self.spent.until_now()}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Goes to where another training was; the very next step is the one it would have taken."""
        for name in ("painter", "averaged", "optimiser"):
            getattr(self, name).load_state_dict(state[name])
        self.done, self.spent = state["done"], Spent(*state["spent"])
        try:
            self.rows.load_state_dict(state["rows"])
        except InputError as error:
            print(f"from the start of an epoch: {error}", flush=True)


def _averaged(average: Tensor, new: Tensor, steps: Tensor) -> Tensor:
    """Returns the mean over the last few hundred steps; of the first ones, what there is."""
    return average.lerp(new, max(1 - _KEPT, 5 / (5 + float(steps))))


def _cosine(share: float) -> float:
    return 0.5 + 0.5 * math.cos(math.pi * share)


def _lit(images: Tensor) -> Tensor:
    """Returns pictures in another light each: brightness, contrast and tint are drawn."""
    gain = 1 + 0.15 * torch.randn(len(images), 3, 1, 1) + 0.15 * torch.randn(len(images), 1, 1, 1)
    return (images * gain + 0.05 * torch.randn(len(images), 1, 1, 1)).clamp(0, 1)


def means(tasks: list[str], losses: list[float]) -> dict[str, float]:
    """Returns the mean loss of each task."""
    of_task = defaultdict(list)
    for task, loss in zip(tasks, losses, strict=True):
        of_task[task].append(loss)
    return {task: sum(each) / len(each) for task, each in of_task.items()}


def main() -> None:
    """Trains, prints a line each 50 steps, and writes a checkpoint each 100 and at the end."""
    parser = argparse.ArgumentParser(description="Train the tiny generalist on CPU.")
    parser.add_argument("url")
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--workers", type=int, default=0)
    asked = parser.parse_args()
    torch.set_num_threads(asked.threads)
    state = torch.load(asked.checkpoint) if asked.checkpoint.exists() else None
    training = Training(asked.url, asked.steps, words=state["words"] if state else ())
    if state:
        training.load_state_dict(state)
    parameters = sum(each.numel() for each in training.painter.parameters())
    rows = open_dataset(asked.url).rows(split="train")
    frames = len(set(rows.column("frame_id")))
    print(
        f"{len(rows)} rows of {frames} frames; {parameters / 1e6:.2f} M parameters, {len(training.vocabulary)} words;"
        f" from step {training.done}",
        flush=True,
    )
    seen = []
    for losses in training.run(asked.workers):
        seen.append(losses)
        if training.done % 50 == 0:
            print(_line(training, seen), flush=True)
            seen = []
        if training.done % 100 == 0 or training.done == training.steps:
            torch.save(training.state_dict(), asked.checkpoint)


def _line(training: Training, seen: list[dict[str, float]]) -> str:
    tasks = [task for losses in seen for task in losses]
    shown = means(tasks, [loss for losses in seen for loss in losses.values()])
    clock_s, cpu_s = training.spent.until_now()
    losses = "  ".join(f"{task} {shown[task]:6.3f}" for task in sorted(shown))
    return f"step {training.done:5d}  {clock_s / 60:5.1f} min  {cpu_s / 60:5.1f} core min  {losses}"


if __name__ == "__main__":
    main()
