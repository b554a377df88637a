"""`scenegen preview`: a dataset as a contact sheet and as a page."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from scenegen.dataset.chosen_frames import Choice
from scenegen.dataset.places import Located, located
from scenegen.dataset.preview import contact_sheet
from scenegen.pages.stored import preview_of_dataset
from schemas.errors import InputError

_WRITERS: Mapping[str, Callable[[Located, Path, Choice], Path]] = {".png": contact_sheet, ".html": preview_of_dataset}


def run(what: str, outputs: Sequence[Path], choice: Choice) -> Iterator[str]:
    """Yields a line for each file written: those of `outputs`, else one of each kind beside what is shown."""
    for target in outputs:
        if target.suffix.lower() not in _WRITERS:
            raise InputError(f"--output {target}: must end in {' or '.join(_WRITERS)}")
    root = located(what)
    for target in outputs or _usual(root):
        yield f"wrote {_WRITERS[target.suffix.lower()](root, target, choice)}"


def _usual(root: Located) -> list[Path]:
    """Returns the files for which no name was given: in a folder's own, for a URL here."""
    stem = root / "preview" if isinstance(root, Path) else Path(f"{root.name}-preview")
    return [stem.with_name(f"{stem.name}{ending}") for ending in _WRITERS]
