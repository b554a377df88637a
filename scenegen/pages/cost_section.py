"""What a dataset took, on a page: throughput, processor time by stage and host, bytes; money where prices are given."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from scenegen.dataset.contents import Contents
from scenegen.dataset.spending import Spending
from scenegen.pages.stats_cards import named_card

_HOSTS_SHOWN = 20


@dataclass(frozen=True)
class Prices:
    """What things cost, in any money; nothing where it is not known."""

    core_hour: float | None = None
    gb_month: float | None = None
    """Of 10^9 bytes."""


def cost_section(spent: Spending, there: Contents, units: int, prices: Prices) -> str:
    """Returns the HTML; `units` is how many are committed."""
    figures = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in _figures(spent, there, prices)
    )
    notes = "".join(f'<p class="quiet">{escape(line)}</p>' for line in _notes(spent, units))
    return (
        f'<section id="cost"><h2>Throughput and cost</h2><dl class="figures">{figures}</dl>{notes}'
        f'<div class="cards">{"".join(_cards(spent, there))}</div></section>'
    )


def _figures(spent: Spending, there: Contents, prices: Prices) -> Iterator[tuple[str, str]]:
    core_h, stored_gb = spent.core_s.total() / 3600, there.stored_bytes.total() / 1e9
    if spent.frames_a_core_hour is not None:
        yield "frames an hour a core", f"{spent.frames_a_core_hour:,.0f}"
        yield "core-seconds a frame", f"{3600 / spent.frames_a_core_hour:.3g}" if spent.frames else "-"
        yield "core-hours", f"{core_h:,.3g}"
        yield "worker-hours by the clock", f"{spent.wall_s / 3600:,.3g}"
        yield "hosts", f"{len(spent.host_core_s):,}"
    yield "stored", f"{stored_gb:,.3g} GB"
    if prices.core_hour is not None and spent.core_s:
        yield "price of the core-hours", f"{core_h * prices.core_hour:,.2f}"
    if prices.gb_month is not None:
        yield "price of storage, a month", f"{stored_gb * prices.gb_month:,.2f}"


def _notes(spent: Spending, units: int) -> Iterator[str]:
    if without := max(0, units - len(spent.units)):
        yield f"{without:,} of {units:,} committed units have no entry in the ledger: what they took is not counted."
    else:
        yield f"By the ledger of all {units:,} committed units. Attempts that failed are not in it."
    if spent.unreadable:
        yield f"{spent.unreadable:,} entries of the ledger can't be read."
    if spent.in_vain:
        yield f"{spent.in_vain:,} attempts came second to another worker's: {spent.in_vain_core_s:,.0f} core-seconds."


def _cards(spent: Spending, there: Contents) -> Iterator[str]:
    if spent.core_s:
        yield _card("Core-seconds by stage", spent.core_s, "make: plan, build, measure, render")
    sizes = {kind: float(size_bytes) for kind, size_bytes in there.stored_bytes.items()}
    yield _card("Bytes by kind", sizes, "of all files below the dataset")
    if spent.host_core_s:
        most = dict(spent.host_core_s.most_common(_HOSTS_SHOWN))
        frames = sum(spent.host_frames[host] for host in most)
        told = f"{len(most)} of {len(spent.host_core_s):,} hosts, which committed {frames:,} frames"
        yield _card("Core-seconds by host", most, told)


def _card(title: str, counts: Mapping[str, float], told: str) -> str:
    whole = {name: round(count) for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))}
    return named_card(title, whole, sum(whole.values()), told)
