"""Loading a run spec: defaults, then a preset or a YAML file, then overrides; all faults at once.

A render preset lies just below what names it: below the keys of a preset or file, or, where an override names it, over
them and below the other overrides. Who asks for quality on a command line gets it, whatever the file says of samples.
Likewise who asks for some tasks only: what the file says of others is left out.
Values are held to their types (a true is no 1, a "16" no 16), but a whole number may stand where a fraction may.
"""

import json
import stat
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from render_configs.faults import fault_lines, shortened, told, unknown_member
from render_configs.overrides import Tree, merge, parse_override
from render_configs.strict_yaml import SIZE_LIMIT_BYTES, read_yaml
from schemas.errors import SpecError, did_you_mean
from schemas.run_spec import RunSpec

Members = Mapping[str, Sequence[str]]
"""For a key of the spec, the names it may hold: {'tasks': ['depth', 'normals'], 'render.renderer': ['cycles']}.

A list holds several; where names come with shares, they are the keys of a mapping.
"""

_WITH_SHARES = ("recipe", "camera.rigs", "room.kinds", "room.shapes")


def load_spec(preset_or_path: str, overrides: Sequence[str] = (), members: Members | None = None) -> RunSpec:
    """Returns the spec of a preset or YAML file with overrides (`a.b=c`) on top.

    `members` are the tables that some keys name a member of. Raises SpecError with every fault found.
    """
    document, overridden, faults = _read(preset_or_path, overrides)
    merged: Tree = RunSpec().model_dump(mode="json")
    document = without_tasks_left_out(document, overridden)
    for tree in (_render_preset(document), document, _render_preset(overridden), overridden):
        merged = merge(merged, tree)
    return checked_spec(merged, faults, {"render_preset": render_preset_names(), **(members or {})})


def checked_spec(tree: Tree, faults: Sequence[str], members: Members) -> RunSpec:
    """Returns the spec of a whole tree; raises SpecError with all that is wrong with it, after `faults`."""
    faults = [*faults, *_member_faults(tree, members)]
    try:
        spec = RunSpec.model_validate_json(json.dumps(tree, default=str), strict=True)
    except ValidationError as error:
        raise SpecError(told(faults + fault_lines(error.errors()))) from error
    if faults:
        raise SpecError(told(faults))
    return spec


def without_tasks_left_out(document: Tree, overridden: Tree) -> Tree:
    """Returns the document without its counts of tasks that an override of `tasks` leaves out."""
    counts, tasks = document.get("triplets_per_frame"), overridden.get("tasks")
    if not isinstance(counts, Mapping) or not isinstance(tasks, list):
        return document
    return {**document, "triplets_per_frame": {task: count for task, count in counts.items() if task in tasks}}


def spec_schema() -> dict[str, Any]:
    """Returns the JSON Schema of a run spec."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **RunSpec.model_json_schema()}


def preset_names() -> list[str]:
    """Returns the presets in the package, sorted."""
    return _names_in("presets")


def render_preset_names() -> list[str]:
    """Returns the render presets in the package, sorted."""
    return _names_in("render_presets")


def _names_in(folder: str) -> list[str]:
    files = resources.files("render_configs").joinpath(folder).iterdir()
    return sorted(file.name.removesuffix(".yaml") for file in files if file.name.endswith(".yaml"))


def _packaged(folder: str, name: str) -> str:
    return resources.files("render_configs").joinpath(folder, f"{name}.yaml").read_text("utf-8")


def _read(preset_or_path: str, overrides: Sequence[str]) -> tuple[Tree, Tree, list[str]]:
    """Returns what could be read of the document and of the overrides, and the faults of what could not."""
    layers: dict[bool, Tree] = {False: {}, True: {}}
    faults: list[str] = []
    for read, given in [(_read_document, preset_or_path), *((parse_override, each) for each in overrides)]:
        is_override = read is parse_override
        try:
            layers[is_override] = merge(layers[is_override], read(given))
        except SpecError as error:
            faults += error.faults
    return layers[False], layers[True], faults


def _render_preset(tree: Tree) -> Tree:
    """Returns what the render preset says that a tree names; nothing where it names none, or none of ours."""
    name = tree.get("render_preset")
    return _document(_packaged("render_presets", name), name) if name in render_preset_names() else {}


def read_mapping(path: Path) -> Tree:
    """Returns what a YAML or JSON file of keys and values says; raises SpecError."""
    return _document(_read_file(path), str(path))


def _read_document(preset_or_path: str) -> Tree:
    return _document(_text_of(preset_or_path), preset_or_path)


def _document(text: str, name: str) -> Tree:
    document = read_yaml(text, name)
    if document is None:
        return {}
    if not isinstance(document, dict):
        raise SpecError([f"{name}: must be a mapping of keys to values, is a {type(document).__name__}"])
    return document


def _text_of(preset_or_path: str) -> str:
    presets = preset_names()
    if preset_or_path in presets:
        return _packaged("presets", preset_or_path)
    if "/" in preset_or_path or preset_or_path.endswith((".yaml", ".yml")):
        return _read_file(Path(preset_or_path))
    given, hint = shortened(preset_or_path), did_you_mean(preset_or_path, presets)
    raise SpecError(
        [f"unknown preset '{given}'{hint}; presets: {', '.join(presets)}; or give the path of a .yaml file"]
    )


def _read_file(path: Path) -> str:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise SpecError([f"{path}: no regular file, but a folder, a pipe or a device"])
        with path.open("rb") as file:
            return file.read(SIZE_LIMIT_BYTES + 1).decode()
    except OSError as error:
        raise SpecError([f"{path}: can't be read: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise SpecError([f"{path}: not UTF-8 text"]) from error


def _member_faults(merged: Tree, members: Members) -> list[str]:
    return [
        unknown_member(key, name, members[key])
        for key in members
        for name in _names_at(merged, key)
        if isinstance(name, str) and name not in members[key]
    ]


def _names_at(tree: Tree, key: str) -> Iterable[object]:
    """Returns the names that a key holds; another fault tells what is no name."""
    given = _at(tree, key)
    if isinstance(given, list) or (isinstance(given, Mapping) and key in _WITH_SHARES):
        return given
    return [given]


def _at(tree: object, key: str) -> object:
    """Returns what stands at a dotted key; nothing where the tree ends before it."""
    for name in key.split("."):
        tree = tree.get(name) if isinstance(tree, Mapping) else None
    return tree
