"""`scenegen report`: what a dataset is worth, on one page: verdict, statistics, samples, rejects, costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ray_cluster.bars import bars
from ray_cluster.commands.validate import Terms, checked
from scenegen.dataset.checks.words import summary
from scenegen.dataset.contents import contents
from scenegen.dataset.output import check_output, write_output
from scenegen.dataset.places import Located
from scenegen.dataset.reader import committed_units
from scenegen.dataset.records import read_records, tasks_of
from scenegen.dataset.spending import spending
from scenegen.dataset.stats.distributions import Distributions, distributions
from scenegen.dataset.task_samples import task_samples
from scenegen.dataset.unit_failures import unit_failures
from scenegen.pages.cost_section import Prices
from scenegen.pages.rejects_section import GivenUp
from scenegen.pages.report_page import Told, report_page
from schemas.errors import DatasetError, InputError

_SAMPLES = 6
"""Of each task."""


@dataclass(frozen=True)
class Asked:
    """What the command line was told; `terms` as for `validate`."""

    output: Path | None
    terms: Terms
    prices: Prices


def run(out: Located, frames: Located | None, asked: Asked) -> Iterator[str]:
    """Writes the page, and yields the lines to print.

    Raises InputError where `out` is no dataset, OutputError where the page can't be written.
    """
    target = asked.output or Path(f"{out.resolve().name}-report.html")
    if target.suffix.lower() != ".html":
        raise InputError(f"--output {target}: must end in .html")
    check_output(target)
    draw, records = asked.terms.draw, read_records(out)
    verdict = checked(out, frames, asked.terms)
    there = contents(out)
    with bars() as shown:
        entries = shown.add_task("ledger read", total=None)
        spent = spending(out, there.ledger, lambda done, of: shown.update(entries, completed=done, total=of))
        units = shown.add_task("units measured", total=None)

        def measured() -> Distributions | str:
            try:
                return distributions(
                    out, draw=draw, on_unit=lambda done, of: shown.update(units, completed=done, total=of)
                )
            except DatasetError as error:
                return str(error)

        told = Told(
            name=out.resolve().name,
            records=records,
            verdict=verdict,
            stats=measured(),
            samples=task_samples(committed_units(out), tasks_of(records), _SAMPLES, asked.terms.seed),
            there=there,
            spent=spent,
            given_up=GivenUp(unit_failures(out, there.set_aside), unit_failures(out, there.replaced)),
            prices=asked.prices,
        )
    write_output(target, report_page(told).encode())
    yield summary(verdict)
    yield f"wrote {target}"
