"""Checks of the frames that were set aside, where the two witnesses disagree: they must show what was wrong.

Each is a candidate that the unit's footer names as rejected, with that verdict last among its own.
"""

from collections.abc import Mapping
from typing import Any

from scenegen.dataset.exr import decode_exr
from scenegen.dataset.footer import RejectedView, UnitFooter, rejected_view
from scenegen.dataset.picture import decode_picture
from schemas.errors import DatasetError
from schemas.frame import Verdict, candidate_id


def set_aside_faults(footer: UnitFooter, row: Mapping[str, Any]) -> list[str]:
    """Returns what is off with a row of a file of frames set aside; `footer` is that of the unit's triplets."""
    rejections = {candidate_id(*rejected[:3]): rejected for rejected in footer.rejections}
    rejected = rejections.get(row["frame_id"])
    if rejected is None:
        return ["is none of the candidates that the unit's footer names as rejected"]
    return [*_verdict_faults(rejected, row["verdicts"]), *_content_faults(row)]


def _verdict_faults(rejected: RejectedView, verdicts: list[dict[str, Any]]) -> list[str]:
    last = Verdict(**verdicts[-1]) if verdicts else None
    if last is not None and not last.passed and rejected_view(*rejected[:3], last) == rejected:
        return []
    return [f"its last verdict is {last}, the footer says gate {rejected.gate}, figure {rejected.figure}"]


def _content_faults(row: Mapping[str, Any]) -> list[str]:
    try:
        decode_exr(row["exr"])
        decode_picture(row["image"]["bytes"])
    except DatasetError as error:
        return [str(error)]
    return []
