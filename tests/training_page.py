"""What docs/training.md and the README tell a trainer to type, by section; run as it stands, in a folder of its own."""

import re
import shlex
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from ray_cluster.cli import app
from scenegen.dataset.card import card
from tests.scenegen.dataset.conftest import make_record, write_dataset

ROOT = Path(__file__).parents[1]
STEPS = 3
"""After which a training ends; some would never."""

SECTIONS: dict[str, str] = {
    section.partition("\n")[0]: section
    for page in ("README.md", "docs/training.md")
    for section in (ROOT / page).read_text().split("\n## ")
    if "```python\n" in section
}
"""Heading -> text, of those that have Python."""


class EnoughError(Exception):
    """So many steps are taken."""


def write_demo(folder: Path) -> None:
    """Writes what stands for the dataset of `make demo`: 24 rows in six files, and a card."""
    record = make_record(scenes=6, scenes_per_unit=1)
    out = write_dataset(folder / "out" / "quickstart", record)
    (out / "README.md").write_text(card([record], ("train",), 24, 12))


def python_of(heading: str) -> str:
    """Returns the Python of a section as one program."""
    return "\n".join(re.findall(r"```python\n(.*?)```", SECTIONS[heading], re.DOTALL))


def run(heading: str, given: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
    """Runs a section in the current folder; returns what its training steps were given.

    `given`: the other source of a mixture. Of the shell's lines only our own are run.
    """
    for line in re.findall(r"^scenegen (export .*)$", SECTIONS[heading], re.MULTILINE):
        told = CliRunner().invoke(app, shlex.split(line))
        assert told.exit_code == 0, told.output
    steps: list[tuple[Any, ...]] = []
    names = {"train_step": _counted(steps), "rank": 0, "base": given}
    try:
        exec(compile(python_of(heading), f"<{heading}>", "exec"), names)
    except EnoughError:
        assert len(steps) == STEPS
    return steps


def _counted(steps: list[tuple[Any, ...]]) -> Callable[..., float]:
    def train_step(*arguments: Any) -> float:
        steps.append(arguments)
        if len(steps) == STEPS:
            raise EnoughError
        return 0.0

    return train_step
