"""The page of a dataset's statistics: its distributions as plots, a few pictures, and near-duplicates.

It runs no script. What was not measured, since frames are not kept, is left out and the page says so.
"""

from collections.abc import Iterator
from html import escape

from scenegen.dataset.stats.distributions import Distributions
from scenegen.dataset.stats.figures import share
from scenegen.dataset.stats.samples import Sample
from scenegen.dataset.stats.tries import FEW, within
from scenegen.pages.document import asset, document, picture_url, shown_text
from scenegen.pages.stats_cards import named_card, stats_cards

PICTURES = 12
_PAIRS_SHOWN = 100


def stats_page(found: Distributions, name: str) -> str:
    """Returns the HTML of a dataset's page; `name` is what to call it."""
    lines = "".join(f'<p class="quiet">{escape(line)}</p>' for line in stats_lines(found))
    body = (
        f"<main><header><h1>{escape(name)}</h1>{lines}</header>{_pictures(found)}"
        f"<section><h2>What the frames show</h2>{stats_cards(found, _rejections(found))}</section>"
        f"{_duplicates(found)}</main>"
    )
    return document(name, shown_text(body), asset("assets/page.css"))


def stats_lines(found: Distributions) -> Iterator[str]:
    """Yields what is said of all frames."""
    classes, accepted = len(found.class_frames), share(found.frames, found.candidates)
    in_sight = f", {classes} classes in sight" if found.frames_measured else ""
    yield f"{found.frames:,} frames{in_sight}"
    if accepted is not None:
        yield f"{accepted:.1%} of the {found.candidates:,} views that were looked at became frames"
    if found.tries:
        soon = within(found.tries) / found.tries.total()
        yield f"{soon:.1%} of the views wanted were found within {FEW} candidates"
    if found.frames_drawn is not None:
        yield f"what is measured below is told of {found.frames_drawn:,} of the frames, drawn evenly"
    told = found.frames if found.frames_drawn is None else found.frames_drawn
    if missing := told - found.frames_measured:
        yield f"of {missing:,} frames only cameras and recipes are told: they are not kept"


def _rejections(found: Distributions) -> str:
    if not found.rejections:
        return ""
    counts = dict(found.rejections.most_common())
    return named_card("Rejected views", counts, found.candidates, "of the views, by gate")


def _pictures(found: Distributions) -> str:
    if not found.samples.chosen:
        return ""
    shown = "".join(map(_picture, found.samples.chosen))
    return f'<section><h2>A few of the pictures</h2><div class="pictures">{shown}</div></section>'


def _picture(sample: Sample) -> str:
    name = escape(sample.frame_id)
    return (
        f'<figure><img src="{picture_url(sample.jpeg)}" width="{sample.width_px}" height="{sample.height_px}" '
        f'alt="{name}"><p class="quiet">{name}</p></figure>'
    )


def _duplicates(found: Distributions) -> str:
    if not found.frames_measured:
        return ""
    pairs = found.near_duplicates
    told = f"{len(pairs):,} pairs of frames show nearly the same" if pairs else "No two frames show nearly the same."
    more = f'<p class="quiet">and {len(pairs) - _PAIRS_SHOWN:,} more</p>' if len(pairs) > _PAIRS_SHOWN else ""
    items = "".join(f"<li>{escape(first)} · {escape(second)}</li>" for first, second in pairs[:_PAIRS_SHOWN])
    listed = f'<ul class="names">{items}</ul>{more}' if pairs else ""
    return f"<section><h2>Near-duplicates</h2><p>{told}</p>{listed}</section>"
