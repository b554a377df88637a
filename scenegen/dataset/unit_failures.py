"""What a dataset tells of units that were set aside, and of those of which scenes were replaced: files in failures/."""

from collections.abc import Sequence

from pydantic import ValidationError

from scenegen.dataset.places import Located
from scenegen.dataset.places.reading import each_of
from schemas.unit_failure import UnitFailure

MOST_READ = 50


def unit_failures(root: Located, names: Sequence[str]) -> tuple[UnitFailure, ...]:
    """Returns what the first of these files say, 50 at most; what can't be read is passed over."""
    told = each_of([root / name for name in names[:MOST_READ]], _failure)
    return tuple(failure for failure in told if failure is not None)


def _failure(path: Located) -> UnitFailure | None:
    try:
        return UnitFailure.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
