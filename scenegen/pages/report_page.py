"""The report on a dataset as one page: verdict, statistics, samples by task, what was rejected, what it took.

It runs no script and is small, however large the dataset: nothing on it grows with the number of frames. To point at
pixels there is the preview page.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

import yaml

from scenegen.dataset.contents import Contents
from scenegen.dataset.spending import Spending
from scenegen.dataset.stats.distributions import Distributions
from scenegen.pages.cost_section import Prices, cost_section
from scenegen.pages.document import asset, document, shown_text
from scenegen.pages.rejects_section import GivenUp, rejects_section
from scenegen.pages.samples_section import samples_section
from scenegen.pages.stats_cards import stats_cards
from scenegen.pages.stats_page import stats_lines
from scenegen.pages.tables import table_html
from scenegen.pages.verdict_section import verdict_section
from schemas.run_record import RunRecord
from schemas.scene_draw import recipe_words
from schemas.triplet import Triplet
from schemas.validation import ValidationReport

_PARTS = {
    "validation": "validation",
    "statistics": "statistics",
    "samples": "samples by task",
    "rejects": "rejected, left out, set aside",
    "cost": "throughput and cost",
    "made": "how it was made",
}
_SPLIT_HEADS = ("split", "units", "frames", "triplets")


@dataclass(frozen=True)
class Told:
    """All that a report says of a dataset."""

    name: str
    records: tuple[RunRecord, ...]
    """Of its run, and of what was appended."""
    verdict: ValidationReport
    stats: Distributions | str
    """Or why they can't be told."""
    samples: Mapping[str, Sequence[Triplet]]
    there: Contents
    spent: Spending
    given_up: GivenUp = field(default_factory=GivenUp)
    prices: Prices = field(default_factory=Prices)


def report_page(told: Told) -> str:
    """Returns the page."""
    title = f"Report on {told.name}"
    lines = "".join(f'<p class="quiet">{escape(line)}</p>' for line in _lines(told))
    links = "".join(f'<a href="#{part}">{words}</a>' for part, words in _PARTS.items())
    parts = (
        verdict_section(told.verdict),
        _statistics(told.stats),
        samples_section(told.samples),
        rejects_section(told.stats, told.there, told.given_up) if isinstance(told.stats, Distributions) else "",
        cost_section(told.spent, told.there, len(told.there.committed), told.prices),
        _made(told.records),
    )
    body = f"<main><header><h1>{escape(title)}</h1>{lines}<nav>{links}</nav></header>{''.join(parts)}</main>"
    return document(title, shown_text(body), asset("assets/page.css"))


def _lines(told: Told) -> Iterator[str]:
    yield ", then ".join(dict.fromkeys(recipe_words(record.spec) for record in told.records))
    planned, digest = sum(len(record.units) for record in told.records), told.records[0].digest()
    yield f"{len(told.there.committed):,} of {planned:,} units are committed; digest of the run's record {digest}"


def _statistics(stats: Distributions | str) -> str:
    if isinstance(stats, str):
        return f'<section id="statistics"><h2>Statistics</h2><p class="note">Not told: {escape(stats)}</p></section>'
    lines = "".join(f"<p>{escape(line)}</p>" for line in stats_lines(stats))
    splits = [
        (name, f"{count.units:,}", f"{count.frames:,}", f"{count.triplets:,}")
        for name, count in sorted(stats.splits.items())
    ]
    table = table_html(_SPLIT_HEADS, splits, _SPLIT_HEADS[1:])
    return f'<section id="statistics"><h2>Statistics</h2>{lines}{table}{stats_cards(stats)}</section>'


def _made(records: Sequence[RunRecord]) -> str:
    parts = "".join(map(_record, records))
    return f'<section id="made"><h2>How it was made</h2>{parts}</section>'


def _record(record: RunRecord) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in sorted(record.versions.items()))
    spec = yaml.safe_dump(record.spec.model_dump(mode="json", exclude_defaults=True), sort_keys=False)
    return (
        f'<h3 class="task">{escape(record.path)}</h3><p class="quiet">{escape(versions)}</p>'
        f"<details><summary>its spec, where it is not as by default</summary><pre>{escape(spec)}</pre></details>"
    )
