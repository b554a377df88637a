"""Prints figures of several sets of predictions side by side, from what `scenegen evaluate --json` wrote.

python -m examples.tiny_generalist.table painted.json constant.json shuffled.json
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from scenegen.evaluate.scores import SCORERS


def table(reports: dict[str, dict]) -> Iterator[str]:
    """Yields the lines of a table in Markdown, one for each figure."""
    yield f"| task | figure | {' | '.join(reports)} |"
    yield "|---" * (2 + len(reports)) + "|"
    for task, scorer in SCORERS.items():
        for figure in scorer.figures:
            values = [figure.written(_value(report, task, figure.name)) + figure.unit for report in reports.values()]
            yield f"| {task} | {figure.head} | {' | '.join(values)} |"


def _value(report: dict, task: str, name: str) -> float:
    value = report["tasks"][task][name]
    return float("nan") if value is None else value


if __name__ == "__main__":
    paths = [Path(each) for each in sys.argv[1:]]
    print("\n".join(table({path.stem: json.loads(path.read_text()) for path in paths})))
