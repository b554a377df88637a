"""The Ray side of checking: actors, each with a unit in hand and one that waits, and what becomes of those that die."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ray_cluster.embedded import embedded_ray, ray
from ray_cluster.places import cores_of_cluster, joined_ray
from ray_cluster.worker_process import ONE_THREAD
from scenegen.dataset.checks.findings import Findings, Off
from scenegen.dataset.validate import Validation
from schemas.errors import ScenegenError, first_line

_IN_HAND = 2
"""Units of a checker: one that it checks, one that waits, so that it never does."""
_TRIES = 2
"""Checkers that may die of a unit before it is named."""


class Checker:
    """One process that checks units, one after another."""

    def __init__(self, validation: Validation) -> None:
        self._validation = validation

    def check(self, place: int) -> Findings:
        """Returns what is off with a unit."""
        return self._validation.findings_of(place)


_ACTOR: Any = ray.remote(num_cpus=1, max_restarts=0)(Checker)  # once: Ray changes the class
_OPTIONS = {"runtime_env": {"env_vars": ONE_THREAD}}


def checked(
    validation: Validation, units: int, workers: int | None, address: str | None
) -> Iterator[tuple[int, Findings]]:
    """Yields what was found in each unit, with its place, as they come.

    Raises InputError where no cluster can be joined, ScenegenError where a checker fails that no file made fail.
    """
    with _ray(workers, address) as room:
        yield from _Pool(validation, units, min(room, units)).findings()


@contextmanager
def _ray(workers: int | None, address: str | None) -> Iterator[int]:
    """Yields for how many checkers there is room."""
    if address is None:
        assert workers is not None
        with embedded_ray(workers):
            yield workers
    else:
        with joined_ray(address):
            yield workers or cores_of_cluster()


class _Pool:
    """Checkers, and the units that are theirs, that wait, and that are done."""

    def __init__(self, validation: Validation, units: int, size: int) -> None:
        self._validation = validation
        self._told = ray.put(validation)
        self._waiting = list(range(units))[::-1]
        self._deaths: dict[int, int] = {}
        self._at: dict[Any, tuple[int, Any]] = {}
        """What a checker was asked -> the unit, and the checker."""
        for _ in range(size):
            self._feed(self._hired())

    def findings(self) -> Iterator[tuple[int, Findings]]:
        """Yields until every unit is done."""
        while self._at:
            (answer,), _ = ray.wait([*self._at], num_returns=1)
            place, checker = self._at.pop(answer)
            try:
                findings = ray.get(answer)
            except ray.exceptions.RayTaskError as error:
                raise ScenegenError(f"{self._name(place)} can't be checked: {first_line(error.cause)}") from error
            except ray.exceptions.RayError as error:
                yield from self._bury(place, checker, first_line(error))
            else:
                self._feed(checker)
                yield place, findings

    def _hired(self) -> Any:
        return _ACTOR.options(**_OPTIONS).remote(self._told)

    def _feed(self, checker: Any) -> None:
        """Gives a checker units until it has enough in hand."""
        held = sum(other is checker for _, other in self._at.values())
        while held < _IN_HAND and self._waiting:
            place = self._waiting.pop()
            self._at[checker.check.remote(place)] = (place, checker)
            held += 1

    def _bury(self, place: int, checker: Any, why: str) -> Iterator[tuple[int, Findings]]:
        """Takes a dead checker's units back; of a unit that checkers die of again and again, tells that."""
        lost = [answer for answer, (_, other) in self._at.items() if other is checker]
        self._waiting += [self._at.pop(answer)[0] for answer in lost]
        self._deaths[place] = self._deaths.get(place, 0) + 1
        if self._deaths[place] < _TRIES:
            self._waiting.append(place)
        else:
            found, (_, unit) = Findings(), self._validation.planned(place)
            line = f"can't be checked: {self._deaths[place]} checkers died of it: {why}"
            found.fault(unit.triplets_path, [Off("checksums", line)])
            yield place, found
        self._feed(self._hired())

    def _name(self, place: int) -> str:
        return self._validation.planned(place)[1].name
