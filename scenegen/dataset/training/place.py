"""Place: how far a training came in its rows: seed, epoch, and the sessions of that epoch; as a dict for checkpoints.

Each rank's place is the same, since ranks hand over batches in step: any rank's may be kept, and any number of ranks
and workers goes on from it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from scenegen.dataset.training.dealing import Session
from schemas.errors import InputError


@dataclass(frozen=True)
class Place:
    """Where in an epoch."""

    seed: int
    epoch: int = 0
    sessions: tuple[Session, ...] = ()
    """Of this epoch; the last is the one that is going on."""

    def begun(self, ranks: int, workers: int, batch_rows: int, even: bool) -> "Place":
        """Returns the place with a session of that kind: the last one goes on where it is of that kind."""
        session = Session(ranks, max(1, workers), batch_rows, even, 0)
        if self.sessions and replace(self.sessions[-1], taken=0) == session:
            return self
        past = tuple(each for each in self.sessions if each.taken)
        return replace(self, sessions=(*past, session))

    def taken(self) -> "Place":
        """Returns the place one batch on."""
        last = self.sessions[-1]
        return replace(self, sessions=(*self.sessions[:-1], replace(last, taken=last.taken + 1)))

    def next_epoch(self) -> "Place":
        """Returns the start of the next epoch."""
        return Place(self.seed, self.epoch + 1)


def state_of(place: Place, rows: Mapping[str, object]) -> dict[str, Any]:
    """Returns a place as plain values; `rows` says of which rows."""
    return {**asdict(place), "sessions": [asdict(each) for each in place.sessions], "rows": dict(rows)}


def place_of(state: Mapping[str, Any], rows: Mapping[str, object]) -> Place:
    """Returns the place that a state holds; raises InputError where it is none, or one in other rows."""
    try:
        kept = {**state["rows"]}
        sessions = tuple(Session(**each) for each in state["sessions"])
        place = Place(int(state["seed"]), int(state["epoch"]), sessions)
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"no state of a TripletDataset: {error!r}") from error
    for name, value in rows.items():
        if kept.get(name) != value:
            raise InputError(f"the state is of other rows: {name} was {kept.get(name)} there, is {value} here")
    return place
