"""`scenegen validate`: a verdict for each check, the rows at fault by name, and all of it as JSON."""

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from ray_cluster.bars import bars
from ray_cluster.checkers import spread_over
from ray_cluster.commands.verdict_lines import fault_lines, verdict_table
from ray_cluster.cores import cores
from scenegen.dataset.checks.draw import Draw, share_of
from scenegen.dataset.checks.words import summary
from scenegen.dataset.output import write_output
from scenegen.dataset.places import Located
from scenegen.dataset.validate import validate
from schemas.validation import ValidationReport


@dataclass(frozen=True)
class Terms:
    """How a dataset is looked at, and where; but for the sample, no verdict depends on it."""

    sample: str | None = None
    """Share of the frames, as it was written."""
    seed: int = 0
    """Of the draw."""
    json_file: Path | None = None
    workers: int | None = None
    address: str | None = None

    @property
    def draw(self) -> Draw | None:
        """Returns what is drawn, nothing where all is looked at; raises InputError for what is no share."""
        return None if self.sample is None else Draw(share_of(self.sample), self.seed)


def run(out: Located, frames: Located | None, terms: Terms) -> bool:
    """Prints what a validation finds; returns whether nothing is off."""
    report = checked(out, frames, terms)
    if terms.json_file is not None:
        write_output(terms.json_file, f"{report.model_dump_json(indent=1)}\n".encode())
    console = Console()
    for line in fault_lines(report, terms.json_file):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    console.print(verdict_table(report))
    console.print(summary(report), markup=False, highlight=False, soft_wrap=True)
    return report.ok


def checked(out: Located, frames: Located | None, terms: Terms) -> ValidationReport:
    """Returns what a validation finds, and shows meanwhile how far it is."""
    workers = terms.workers or (None if terms.address else cores())
    with bars() as shown:
        task = shown.add_task("units checked", total=None)

        def on_unit(done: int, planned: int) -> None:
            shown.update(task, completed=done, total=planned)

        return validate(
            out.resolve(),
            on_unit,
            None if frames is None else frames.resolve(),
            draw=terms.draw,
            spread=spread_over(workers, terms.address),
        )
