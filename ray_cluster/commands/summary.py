"""What is said at the end of a run: what OUT holds, as its commit records count it, and where to look."""

import shlex
from pathlib import Path

from scenegen.dataset.footer import unit_footer
from scenegen.dataset.reader import committed_units
from schemas.run_spec import RunSpec


def summary_lines(spec: RunSpec, out: Path, validate_options: str = "") -> list[str]:
    """Returns the counts of a finished run, and the commands that show, check and load it.

    `validate_options`: what `scenegen validate` is told beside OUT, for a shell.
    """
    footers = [unit_footer(path) for path in committed_units(out)]
    frames = sum(len(footer.unit.frame_ids(spec)) for footer in footers)
    omitted = sum(len(footer.omitted) for footer in footers)
    left_out = f"; {omitted} more were left out, for their frames show nothing to ask for" if omitted else ""
    folder = shlex.quote(str(out))
    return [
        f"{out} holds {frames} frames, {sum(footer.rows for footer in footers)} triplets{left_out}",
        f"  look at them:  scenegen preview {folder}",
        f"  check them:    scenegen validate {folder}{validate_options and ' ' + validate_options}",
        f"  load them:     from datasets import load_dataset; load_dataset({str(out)!r})",
    ]
