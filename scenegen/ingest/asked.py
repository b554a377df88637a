"""Asked: what shall be ingested, and how; one value that may go to other processes."""

import importlib.util
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import ValidationError

from render_configs.faults import fault_lines, told
from scenegen.ingest import INGESTERS
from scenegen.ingest.files import check_inside
from scenegen.ingest.finished import Placed, finished
from scenegen.ingest.ingester import Found, Ingester
from scenegen.ingest.judged import judged
from schemas.errors import InputError, SpecError, did_you_mean
from schemas.frame import Shot
from schemas.model import Frozen
from schemas.run_spec import GateSpec


@dataclass(frozen=True)
class Asked:
    """A folder of a source, what is said of its files, and the limits of the gates."""

    source: str
    root: Path
    conventions: dict[str, Any]
    gates: GateSpec

    @cached_property
    def ingester(self) -> Ingester:
        """Returns the source's; raises InputError where there is none, or a library is missing."""
        if self.source not in INGESTERS:
            nearest = did_you_mean(self.source, INGESTERS)
            raise InputError(f"no source '{self.source}'{nearest}; sources: {', '.join(INGESTERS)}")
        ingester = INGESTERS[self.source]
        missing = [name for name in ingester.modules if importlib.util.find_spec(name) is None]
        if missing:
            raise InputError(f"{self.source} needs {', '.join(missing)}: pip install 'scenegen[ingest]'")
        return ingester

    @cached_property
    def said(self) -> Frozen:
        """Returns the conventions, checked, with what is taken where nothing was said; raises SpecError."""
        try:
            return self.ingester.conventions.model_validate(self.conventions)
        except ValidationError as error:
            faults = told(fault_lines(error.errors(), self.ingester.conventions))
            raise SpecError([f"{self.source}.{fault}" for fault in faults]) from error

    def found(self) -> list[Found]:
        """Returns the frames of the folder, in order; raises InputError where it is no such source."""
        return list(self.ingester.find(self.root, self.said))

    def shot(self, found: Found, placed: Placed) -> Shot:
        """Returns a frame, judged; raises FrameError."""
        check_inside(self.root, found.files)
        with np.errstate(over="ignore", invalid="ignore"):  # numbers of others may be any
            return judged(finished(found.name, self.ingester.read(self.root, found, self.said), placed), self.gates)
