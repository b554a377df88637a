"""The legend of a segmentation target as a contact sheet shows it: labels, colours, and the background as prompted.

Entries of one label stand together, as the objects of an instance target do; what its five steps can't recover is said.
"""

from collections.abc import Sequence

from scenegen.dataset.sheet_caption import Entry
from scenegen.encoders.legend import Rgb
from scenegen.encoders.prompts import parse_prompt
from schemas.triplet import LegendEntry


def legend_entries(legend: Sequence[LegendEntry], prompt: str) -> tuple[Entry, ...]:
    """Returns a row's legend, the background last; nothing for a task without one.

    Raises DatasetError for a prompt that no grammar writes.
    """
    if not legend:
        return ()
    colors_of: dict[str, list[Rgb]] = {}
    for entry in legend:
        colors_of.setdefault(_label(entry), []).append(entry.rgb)
    entries = [Entry(tuple(colors), label) for label, colors in colors_of.items()]
    said = parse_prompt(prompt)
    background = "background" if said.background is not None else "background (unsaid)"
    return (*entries, Entry((said.background_rgb,), background))


def _label(entry: LegendEntry) -> str:
    if not entry.decodable:
        return f"{entry.label} (not decodable)"
    return entry.label if entry.pixels else f"{entry.label} (not in view)"
