"""Run specs: what loads, and that every fault is told at once with its path and the nearest match."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from render_configs.load import load_spec, preset_names, spec_schema
from schemas.errors import SpecError
from schemas.run_spec import RunSpec

MEMBERS = {"recipe": ["furnished_room"], "tasks": ["depth", "normals"], "catalog": ["builtin", "sweethome3d"]}


def faults_of(preset_or_path: str, *overrides: str) -> tuple[str, ...]:
    with pytest.raises(SpecError) as caught:
        load_spec(preset_or_path, overrides, MEMBERS)
    return caught.value.faults


def written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "spec.yaml"
    path.write_text(text)
    return str(path)


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_loads(name: str) -> None:
    load_spec(name, [], MEMBERS)


def test_quickstart_is_eight_small_frames() -> None:
    spec = load_spec("quickstart")
    assert (spec.scenes, spec.views_per_scene, spec.scenes_per_unit) == (4, 2, 1)
    assert (spec.camera.width_px, spec.camera.height_px) == (256, 256)
    assert (spec.render.samples, spec.render.denoise) == (16, True)


def test_an_override_changes_its_key_and_no_other() -> None:
    plain, changed = load_spec("quickstart"), load_spec("quickstart", ["room.width_m.low=4", "tasks=[normals]"])
    assert changed.room.width_m.low == 4
    assert changed.tasks == ("normals",)
    assert changed.room.width_m.high == plain.room.width_m.high
    assert changed.camera == plain.camera


def test_a_file_says_only_what_differs_from_the_defaults(tmp_path: Path) -> None:
    spec = load_spec(written(tmp_path, "room: {width_m: {low: 4.5e0}}\n"))
    assert spec == RunSpec().model_copy(update={"room": spec.room})
    assert spec.room.width_m.low == 4.5


def test_an_empty_file_is_the_defaults(tmp_path: Path) -> None:
    assert load_spec(written(tmp_path, "# nothing\n")) == RunSpec()


def test_all_faults_come_at_once() -> None:
    faults = faults_of("quikstart", "a.b", "camera.widht_px=64", "scenes=0", "camera.height_px=100", "tasks=[dept]")
    assert len(faults) == 6


@pytest.mark.parametrize(
    ("override", "words"),
    [
        ("a.b", ["'a.b'", "KEY=VALUE"]),
        ("=3", ["'=3'", "KEY=VALUE"]),
        ("a..b=3", ["'a..b=3'", "KEY=VALUE"]),
        ("seed=[", ["'seed=['", "line 1"]),
        ("camera.widht_px=64", ["camera.widht_px: unknown key", "did you mean 'width_px'?", "height_px"]),
        ("samples=4", ["samples: unknown key", "did you mean 'render.samples'?"]),
        ("scenes=0", ["scenes: given 0", "greater than or equal to 1"]),
        ("camera.width_px=100", ["camera.width_px: given 100", "multiple of 16", "96 and 112"]),
        ("render.samples='16'", ['render.samples: given "16"', "integer"]),
        ("seed=true", ["seed: given true", "integer"]),
        ("render.denoise=1", ["render.denoise: given 1", "boolean"]),
        ("room.width_m.low=.nan", ["room.width_m.low: given NaN", "finite"]),
        ("room.width_m.low=9", ["room.width_m", "lies above"]),
        ("room=3", ["room: given 3"]),
        ("splits.val=0.5", ["splits", "must be 1"]),
        ("tasks=[]", ["tasks: given []", "at least 1"]),
        ("tasks=[depth, depth]", ["tasks names a task twice"]),
        ("tasks=[depth, norma]", ["tasks: unknown 'norma'", "did you mean 'normals'?", "allowed: depth, normals"]),
        ("recipe=furnished_rom", ["recipe: unknown", "did you mean 'furnished_room'?"]),
        ("catalog=sweethome", ["catalog: unknown", "did you mean 'sweethome3d'?"]),
        ("schema_version=2", ["schema_version: given 2", "must be 1"]),
    ],
)
def test_a_fault_says_where_what_was_given_and_what_is_allowed(override: str, words: list[str]) -> None:
    (fault,) = faults_of("quickstart", override)
    assert all(word in fault for word in words), fault
    assert "\n" not in fault


def test_an_unknown_preset_names_the_nearest_and_all() -> None:
    (fault,) = faults_of("quickstrt")
    assert "did you mean 'quickstart'?" in fault
    assert all(name in fault for name in preset_names())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[1, 2]\n", "must be a mapping"),
        ("just words\n", "must be a mapping"),
        ("seed: 1\nscenes: 2\nseed: 3\n", "line 3: the key 'seed' stands twice"),
        ("a: &x [1]\nb: [*x, *x]\n", "line 2: an alias"),
        ("seed: !!python/object/apply:os.getcwd []\n", "line 1"),
        ("seed: 1: 2\n", "line 1"),
        ("? [a]\n: 1\n", "line 1"),
        ("when: 9999-99-99\n", "not YAML"),
        ("[" * 50_000, "not YAML"),
        ("\x00", "not YAML"),
        ("seed: 1 #" + "x" * 1_000_000, "larger than 1 MB"),
    ],
)
def test_a_file_that_is_no_spec_is_refused(tmp_path: Path, text: str, words: str) -> None:
    path = written(tmp_path, text)
    (fault,) = faults_of(path)
    assert fault.startswith(path)
    assert words in fault
    assert "\n" not in fault


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    assert "No such file" in faults_of(str(tmp_path / "none.yaml"))[0]
    assert "directory" in faults_of(f"{tmp_path}/")[0].lower()
    (tmp_path / "latin.yaml").write_bytes(b"seed: \xe9\n")
    assert "UTF-8" in faults_of(str(tmp_path / "latin.yaml"))[0]


@given(st.text(max_size=40))
def test_any_override_loads_or_is_a_spec_error(text: str) -> None:
    with suppress(SpecError):
        load_spec("quickstart", [text, f"seed={text}"], MEMBERS)


def test_the_schema_describes_every_key() -> None:
    schema = spec_schema()
    assert schema["properties"].keys() == RunSpec.model_fields.keys()
    assert schema["additionalProperties"] is False
