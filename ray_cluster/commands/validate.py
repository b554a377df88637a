"""`scenegen validate`: faults with the rows they concern, then a table of counts."""

from rich.console import Console
from rich.table import Table

from ray_cluster.bars import bars
from scenegen.dataset.faults import ValidationReport
from scenegen.dataset.places import Located
from scenegen.dataset.validate import validate


def run(out: Located, frames: Located | None) -> bool:
    """Prints what a validation finds; returns whether nothing is off."""
    with bars() as shown:
        task = shown.add_task("units", total=None)

        def on_unit(done: int, planned: int) -> None:
            shown.update(task, completed=done, total=planned)

        report = validate(out, on_unit, frames)
    console = Console()
    for fault in report.faults:
        console.print(str(fault), markup=False, highlight=False, soft_wrap=True)
    console.print(_table(report))
    return report.ok


def _table(report: ValidationReport) -> Table:
    table = Table("checked", "count")
    table.add_row("frames", str(report.frames))
    table.add_row("triplets", str(report.triplets))
    for task, worst in report.worst_excess.items():
        table.add_row(f"{task}: worst error / bound", f"{worst:.3f}")
    table.add_row("faults", str(len(report.faults)))
    return table
