"""What the gates turned down in a dataset, told at the end of a run from its commit records."""

from ray_cluster.holdings import Holdings
from scenegen.dataset.places import Located


def rejection_lines(out: Located, held: Holdings) -> list[str]:
    """Returns how many views which gate rejected, and where the frames set aside are; no line for what there is not."""
    gates = held.rejected
    by_gate = ", ".join(f"{count} by {gate}" for gate, count in gates.most_common())
    lines = [f"views rejected and replaced: {gates.total()} ({by_gate})"] if gates else []
    if held.frames_set_aside:
        lines.append(f"frames set aside, as their witnesses disagree: {held.frames_set_aside}, in {out / 'failures'}")
    return lines
