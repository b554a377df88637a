"""The preview of frames as one page: each picture beside its targets, what both say at a pixel, and points in 3D.

A page stays below a size: frames that would bring it beyond are left out, and it says so.
"""

from collections.abc import Iterable, Sequence
from html import escape

from scenegen.pages.document import asset, document, shown_text
from scenegen.pages.frame_section import frame_section
from scenegen.pages.shown_frame import ShownFrame

MOST_BYTES = 19_500_000
"""Of frames on one page, so that a page stays below 20 MB."""
THREE = "vendor/three-0.187.0/three.min.js"
_SCRIPTS = (THREE, "assets/planes.js", "assets/frame.js", "assets/cloud.js")
_NO_TRUTH = "The frames themselves are not kept: what is decoded is shown without the truth."


def preview_page(title: str, told: Sequence[str], frames: Iterable[ShownFrame], wanted: int, above: str = "") -> str:
    """Returns the page of up to `wanted` frames; `told` are lines below its title, `above` is HTML before the frames.

    Raises DatasetError where a target can't be read.
    """
    style, scripts = asset("assets/page.css"), [asset(name) for name in _SCRIPTS]
    room = MOST_BYTES - len(above) - len(style) - sum(map(len, scripts))
    sections: list[str] = []
    notes: list[str] = []
    for frame in frames:
        section = frame_section(frame, is_first=not sections)
        if sections and room < len(section):
            notes.append(f"Shown are {len(sections)} of {wanted} frames: more would make the page larger than 20 MB.")
            break
        if frame.truth is None and _NO_TRUTH not in notes:
            notes.append(_NO_TRUTH)
        sections.append(section)
        room -= len(section)
    single = " single" if len(sections) == 1 else ""
    lines = "".join(f'<p class="quiet">{escape(line)}</p>' for line in told)
    noted = "".join(f'<p class="note">{escape(line)}</p>' for line in notes)
    body = (
        f'<main class="preview{single}"><header><h1>{escape(title)}</h1>{lines}{noted}</header>'
        f"{above}{''.join(sections)}</main>"
    )
    return document(title, shown_text(body), style, scripts)
