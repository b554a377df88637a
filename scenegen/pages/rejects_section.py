"""What did not become a frame or a triplet, on a page: views by gate, samples by task, units and scenes given up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from scenegen.dataset.contents import Contents
from scenegen.dataset.stats.distributions import Distributions
from scenegen.dataset.stats.tries import FEW, within
from scenegen.pages.stats_cards import named_card
from scenegen.pages.tables import table_html
from schemas.unit_failure import UnitFailure

_HEADS = ("unit", "split", "scenes", "faults", "last of them")
_LONGEST = 300


@dataclass(frozen=True)
class GivenUp:
    """What is told of units that were set aside, and of those of which scenes were replaced; of very many the first."""

    set_aside: tuple[UnitFailure, ...] = ()
    replaced: tuple[UnitFailure, ...] = ()


def rejects_section(found: Distributions, there: Contents, given_up: GivenUp) -> str:
    """Returns the HTML of all that was turned down."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in _lines(found, there))
    cards = ""
    if found.rejections:
        counts = dict(found.rejections.most_common())
        cards += named_card("Rejected views", counts, found.candidates, "of the views looked at, by gate")
    if found.omitted:
        counts = dict(found.omitted.most_common())
        told = "by task, of all that are missing: their frames show nothing to ask for"
        cards += named_card("Triplets left out", counts, found.omitted.total(), told)
    return (
        f'<section id="rejects"><h2>Rejected, left out, set aside</h2>{lines}'
        f"{cards and f'<div class=cards>{cards}</div>'}"
        f"{_units('Units set aside', len(there.set_aside), given_up.set_aside)}"
        f"{_units('Units with scenes replaced', len(there.replaced), given_up.replaced)}</section>"
    )


def _lines(found: Distributions, there: Contents) -> Iterator[str]:
    rejected = found.rejections.total()
    yield f"{rejected:,} of {found.candidates:,} views were rejected, and replaced by the next candidates."
    if found.tries:
        soon = within(found.tries) / found.tries.total()
        yield f"{soon:.1%} of the views wanted were found within {FEW} candidates."
    if there.denied:
        yield f"{there.denied:,} units hold frames in failures/ that a witness denied, and others replaced."
    if found.scenes_replaced:
        yield f"{found.scenes_replaced:,} scenes ended their unit each time, and gave way to those of the next seeds."
    if not there.set_aside:
        yield "No unit is set aside."


def _units(title: str, count: int, told: Sequence[UnitFailure]) -> str:
    if not count:
        return ""
    rows = [_row(failure) for failure in told if failure.attempts]
    left = f'<p class="quiet">and {count - len(rows):,} more: failures/ tells of them</p>' if count > len(rows) else ""
    return f'<h3 class="task">{title}: {count:,}</h3>{table_html(_HEADS, rows)}{left}'


def _row(failure: UnitFailure) -> tuple[str, ...]:
    last = failure.attempts[-1]
    reason = last.reason if len(last.reason) <= _LONGEST else f"{last.reason[:_LONGEST]}…"
    scenes = f"{failure.scene_start} to {failure.scene_stop - 1}"
    if failure.replaced:
        scenes = ", ".join(str(scene) for scene, _ in failure.replaced)
    return failure.unit, failure.split, scenes, str(len(failure.attempts)), f"{last.kind}: {reason}"
