"""Checks of a scene as a whole: its frames are the first candidates of one plan that passed, and no other was skipped.

Candidates are looked at in order until enough of them have passed; each is then a frame, or a rejection in the footer.
Where they run out, the scene is planned anew, and its frames are all of the new attempt.

Edges: how many candidates a given-up attempt had is not stored; that it was rightly given up shows only in that fewer
of those looked at passed than were wanted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from scenegen.dataset.checks.verdict_checks import known_gates
from scenegen.dataset.footer import RejectedView, UnitFooter
from schemas.run_spec import RunSpec
from schemas.seeds import ATTEMPTS
from schemas.unit import MOST_REPLACED, Unit


@dataclass(frozen=True)
class Accepted:
    """What a frame says of its scene."""

    plan_json: str
    attempt: int
    view_index: int
    """The candidate that became it."""
    materials: tuple[tuple[int, str], ...]
    """Id and name of those that it shows."""


def rejection_faults(footer: UnitFooter, unit: Unit) -> list[str]:
    """Returns what is off with the rejections in a footer, whatever the frames."""
    rejections = footer.rejections
    gates = sorted({rejected.gate for rejected in rejections} - set(known_gates()))
    places = [rejected[:3] for rejected in rejections]
    strange = sorted({scene for scene, _, _ in places if not unit.scene_start <= scene < unit.scene_stop})
    negative = any(min(place) < 0 for place in places)
    return [
        *([f"its rejections name gates that are unknown here: {', '.join(gates)}"] if gates else []),
        *([f"its rejections are of scenes {strange}, which are not of this unit"] if strange else []),
        *(["its rejections are not in order, each once"] if negative or places != sorted(set(places)) else []),
    ]


def replacement_faults(spec: RunSpec, unit: Unit) -> list[str]:
    """Returns what is off with the scenes that a footer's unit names as replaced."""
    if not unit.replaced:
        return []
    scenes = [scene for scene, _ in unit.replaced]
    strange = sorted({scene for scene in scenes if not unit.scene_start <= scene < unit.scene_stop})
    lines = [f"scenes {strange} are replaced, which are not of this unit"] if strange else []
    if not spec.full_count:
        lines.append("scenes are replaced, but the spec does not ask for a full count")
    if scenes != sorted(set(scenes)) or any(not 1 <= times <= MOST_REPLACED for _, times in unit.replaced):
        lines.append(f"its replaced scenes are not in order, each once, and 1 to {MOST_REPLACED} times replaced")
    return lines


def scene_faults(spec: RunSpec, accepted: Sequence[Accepted], rejections: Sequence[RejectedView]) -> list[str]:
    """Returns what is off with a scene whose frames are all known, and its rejections."""
    attempt = accepted[0].attempt
    if len({frame.plan_json for frame in accepted}) > 1:
        return ["its frames are of several plans"]
    of_attempt: dict[int, set[int]] = {number: set() for number in range(attempt + 1)}
    for rejected in rejections:
        of_attempt.setdefault(rejected.attempt, set()).add(rejected.view_index)
    first = attempt - attempt % ATTEMPTS
    others = sorted(number for number in of_attempt if number > attempt or (number < first and of_attempt[number]))
    return [
        *_material_faults(accepted),
        *_choice_faults([frame.view_index for frame in accepted], of_attempt[attempt]),
        *([f"has rejections of attempts {others}, its frames are of attempt {attempt}"] if others else []),
        *(line for number in range(first, attempt) for line in _given_up_faults(spec, number, of_attempt[number])),
    ]


def _choice_faults(chosen: list[int], rejected: set[int]) -> list[str]:
    """Returns what is off with the choice of candidates in the attempt that succeeded."""
    if chosen != sorted(set(chosen)):
        return [f"candidates {chosen} became its frames, they must rise"]
    last = chosen[-1]
    skipped = sorted(set(range(last)) - set(chosen) - rejected)
    both = sorted(rejected & set(chosen))
    behind = sorted(index for index in rejected if index > last)
    return [
        *([f"candidates {skipped} became neither frame nor rejection"] if skipped else []),
        *([f"candidates {both} became frames and rejections"] if both else []),
        *([f"candidates {behind} were rejected behind the last that became a frame, {last}"] if behind else []),
    ]


def _given_up_faults(spec: RunSpec, attempt: int, rejected: set[int]) -> list[str]:
    passed = max(rejected, default=-1) + 1 - len(rejected)
    if passed < spec.views_per_scene:
        return []
    return [f"attempt {attempt} was given up although {passed} of its candidates passed"]


def _material_faults(accepted: Sequence[Accepted]) -> list[str]:
    names: dict[int, set[str]] = {}
    for material_id, name in (pair for frame in accepted for pair in frame.materials):
        names.setdefault(material_id, set()).add(name)
    unequal = sorted(material_id for material_id, several in names.items() if len(several) > 1)
    return [f"its frames name materials {unequal} otherwise than each other"] if unequal else []
