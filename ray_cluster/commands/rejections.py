"""What the gates turned down in a dataset, told at the end of a run from its commit records."""

from collections import Counter

from scenegen.dataset.footer import unit_footer
from scenegen.dataset.places import Located
from scenegen.dataset.places.reading import each_of
from scenegen.dataset.reader import committed_units


def rejection_lines(out: Located) -> list[str]:
    """Returns how many views which gate rejected, and where the frames set aside are; no line for what there is not."""
    footers = [*each_of(committed_units(out), unit_footer)]
    gates = Counter(view.gate for footer in footers for view in footer.rejections)
    aside = [out / footer.set_aside_path for footer in footers if footer.set_aside_path is not None]
    by_gate = ", ".join(f"{count} by {gate}" for gate, count in gates.most_common())
    lines = [f"views rejected and replaced: {gates.total()} ({by_gate})"] if gates else []
    if aside:
        frames = sum(footer.rows for footer in each_of(aside, unit_footer))
        lines.append(f"frames set aside, as their witnesses disagree: {frames}, in {out / 'failures'}")
    return lines
