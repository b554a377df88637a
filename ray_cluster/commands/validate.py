"""`scenegen validate`: a verdict for each check, the rows at fault by name, and all of it as JSON."""

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from ray_cluster.bars import bars
from ray_cluster.checkers import spread_over
from ray_cluster.commands.verdict_lines import fault_lines, summary_line, verdict_table
from ray_cluster.cores import cores
from scenegen.dataset.checks.draw import Draw, share_of
from scenegen.dataset.output import write_output
from scenegen.dataset.places import Located
from scenegen.dataset.validate import validate


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


def run(out: Located, frames: Located | None, terms: Terms) -> bool:
    """Prints what a validation finds; returns whether nothing is off."""
    draw = None if terms.sample is None else Draw(share_of(terms.sample), terms.seed)
    workers = terms.workers or (None if terms.address else cores())
    with bars() as shown:
        task = shown.add_task("units checked", total=None)

        def on_unit(done: int, planned: int) -> None:
            shown.update(task, completed=done, total=planned)

        report = validate(
            out.resolve(),
            on_unit,
            None if frames is None else frames.resolve(),
            draw=draw,
            spread=spread_over(workers, terms.address),
        )
    if terms.json_file is not None:
        write_output(terms.json_file, f"{report.model_dump_json(indent=1)}\n".encode())
    console = Console()
    for line in fault_lines(report, terms.json_file):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
    console.print(verdict_table(report))
    console.print(summary_line(report), markup=False, highlight=False, soft_wrap=True)
    return report.ok
