"""Run specs: what loads, and that every fault is told at once with its path and the nearest match."""

import os
from contextlib import suppress
from importlib import resources
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from render_configs.load import load_spec, preset_names, render_preset_names, spec_schema
from schemas.errors import SpecError
from schemas.run_spec import RunSpec

TASKS = ["depth", "normals", "semantic", "instance", "referring"]
RECIPES = ["room", "primitives", "tabletop", "street", "hall"]
RIGS = ["human", "seated", "child", "robot", "table", "car", "ceiling", "mast"]
MEMBERS = {"recipe": RECIPES, "camera.rigs": RIGS, "tasks": TASKS}


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


def test_quickstart_is_eight_small_frames_of_all_tasks() -> None:
    spec = load_spec("quickstart")
    assert (spec.scenes, spec.views_per_scene, spec.scenes_per_unit) == (4, 2, None)
    assert (spec.camera.width_px, spec.camera.height_px) == (256, 256)
    assert (spec.render.samples, spec.render.denoise) == (16, True)
    assert list(spec.tasks) == TASKS
    assert sum(spec.triplets_per_frame.get(task, 1) for task in TASKS) == 7


def test_the_presets_of_scenes_vary_lenses_and_flaws() -> None:
    """And the mixed one has all of their recipes."""
    specs = {name: load_spec(name, [], MEMBERS) for name in ("indoor", "tabletop", "outdoor", "mixed")}
    for spec in specs.values():
        assert spec.camera.fov_x_deg.low == 20
        assert spec.flaws.share == 0.5
        assert spec.camera.defocus.share > 0
    assert set(specs["mixed"].recipe) == {specs[name].recipe for name in ("indoor", "tabletop", "outdoor")} | {"hall"}
    assert specs["mixed"].camera.rigs.keys() >= {"human", "robot", "ceiling", "table"}


def test_an_override_changes_its_key_and_no_other() -> None:
    plain, changed = load_spec("quickstart"), load_spec("quickstart", ["room.width_m.low=4", "tasks=[normals]"])
    assert changed.room.width_m.low == 4
    assert changed.tasks == ("normals",)
    assert changed.room.width_m.high == plain.room.width_m.high
    assert changed.camera == plain.camera


def test_counts_of_tasks_are_set_one_by_one_or_as_a_mapping(tmp_path: Path) -> None:
    spec = load_spec(
        written(tmp_path, "triplets_per_frame: {semantic: 2, depth: 0.5}\n"), ["triplets_per_frame.depth=0"]
    )
    assert spec.triplets_per_frame == {"semantic": 2.0, "depth": 0.0}


def test_an_override_of_the_tasks_leaves_out_what_the_file_says_of_others() -> None:
    spec = load_spec("quickstart", ["tasks=[depth, referring]"], MEMBERS)
    assert spec.triplets_per_frame == {"referring": 2.0}
    (fault,) = faults_of("quickstart", "tasks=[depth]", "triplets_per_frame.normals=1")
    assert fault == "triplets_per_frame names 'normals', which is not among tasks: depth"


def test_a_file_that_counts_a_task_it_does_not_ask_for_is_refused(tmp_path: Path) -> None:
    (fault,) = faults_of(written(tmp_path, "tasks: [depth]\ntriplets_per_frame: {normals: 2}\n"))
    assert "names 'normals', which is not among tasks: depth" in fault


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
        ("targets.dept.exponent=-3", ["targets.dept: unknown key", "did you mean 'depth'?", "semantic, instance"]),
        ("targets.depth.exponnt=-3", ["targets.depth.exponnt: unknown key", "did you mean 'exponent'?", "scale_m"]),
        ("targets.depth.exponent=-9", ["targets.depth.exponent: given -9", "greater than or equal to -8"]),
        ("targets.depth.scale_m=.inf", ["targets.depth.scale_m: given Infinity", "finite"]),
        (
            "targets.depth.other_maps=[plasm]",
            ["targets.depth.other_maps.0: given \"plasm\" (did you mean 'plasma'?)", "must be 'plasma', 'inferno'"],
        ),
        ("targets.depth.other_maps=plasma", ['targets.depth.other_maps: given "plasma"', "must be a list"]),
        ("targets.semantic.most_classes=21", ["targets.semantic.most_classes: given 21", "less than or equal to 20"]),
        ("targets.instance=3", ["targets.instance: given 3", "must be a mapping of keys to values"]),
        ("exponent=-4", ["exponent: unknown key", "did you mean 'targets.depth.exponent'?"]),
        (
            "targets.background_share=1",
            ["did you mean 'targets.semantic.background_share' or 'targets.instance.background_share' or"],
        ),
        (
            "triplets_per_frame.semantc=2",
            ["triplets_per_frame names 'semantc'", "did you mean 'semantic'?", ", ".join(TASKS)],
        ),
        ("triplets_per_frame={depht: 1}", ["triplets_per_frame names 'depht'", "did you mean 'depth'?"]),
        ("triplets_per_frame.semantic=-1", ["triplets_per_frame.semantic: given -1", "greater than or equal to 0"]),
        ("triplets_per_frame.semantic=101", ["triplets_per_frame.semantic: given 101", "less than or equal to 100"]),
        ("triplets_per_frame.semantic=two", ['triplets_per_frame.semantic: given "two"', "number"]),
        ("triplets_per_frame.semantic=true", ["triplets_per_frame.semantic: given true", "number"]),
        ("triplets_per_frame.semantic=.nan", ["triplets_per_frame.semantic: given NaN", "finite"]),
        ("triplets_per_frame=2", ["triplets_per_frame: given 2", "must be a mapping of keys to values"]),
        ("triplet_per_frame.depth=2", ["triplet_per_frame: unknown key", "did you mean 'triplets_per_frame'?"]),
        ("epoch=-1", ["epoch: given -1", "greater than or equal to 0"]),
        ("render.device=cdua", ["render.device: given \"cdua\" (did you mean 'cuda'?)", "'auto', 'cpu'"]),
        ("camera.buckets=[{width_px: 64}]", ["camera.buckets.0.height_px: missing"]),
        (
            "camera.buckets=[{width_px: 64, height_px: 64, wieght: 2}]",
            [
                "camera.buckets.0.wieght: unknown key",
                "did you mean 'weight'?",
                "allowed here: width_px, height_px, weight",
            ],
        ),
        (
            "camera.buckets=[{width_px: 64, height_px: 64, weight: 1e308}]",
            ["buckets.0.weight: given 1e+308", "1000000"],
        ),
        ("samples=4", ["samples: unknown key", "did you mean 'render.samples'?"]),
        ("scenes=0", ["scenes: given 0", "greater than or equal to 1"]),
        ("camera.width_px=100", ["camera.width_px: given 100", "multiple of 16", "96 and 112"]),
        ("render.samples='16'", ['render.samples: given "16"', "integer"]),
        ("seed=true", ["seed: given true", "integer"]),
        ("render.denoise=1", ["render.denoise: given 1", "boolean"]),
        ("room.width_m.low=.nan", ["room.width_m.low: given NaN", "finite"]),
        ("camera.fov_x_deg={low: 180, high: 360}", ["camera.fov_x_deg: given 180 to 360, must lie within 5 and 150"]),
        ("room.height_m.low=-5", ["room.height_m: given -5 to 2.9, must lie within 2.2 and 4.5"]),
        ("room.furniture.high=41", ["room.furniture: given 8 to 41, must lie within 0 and 40"]),
        ("scenes=1000001", ["scenes: given 1000001", "less than or equal to 1000000"]),
        ("room.width_m.low=9", ["room.width_m", "lies above"]),
        ("room=3", ["room: given 3"]),
        ("splits.val=0.5", ["splits", "must be 1"]),
        ("tasks=[]", ["tasks: given []", "at least 1"]),
        ("tasks=[depth, depth]", ["tasks names a task twice"]),
        (
            "tasks=[depth, norma]",
            ["tasks: unknown 'norma'", "did you mean 'normals'?", "allowed: depth, normals, semantic"],
        ),
        ("recipe=rooms", ["recipe: unknown 'rooms'", "did you mean 'room'?", "allowed: room, primitives"]),
        ("recipe=3", ["recipe: given 3", "must be a name or a mapping of names to shares"]),
        ("recipe=[room]", ['recipe: given ["room"]', "must be a name or a mapping of names to shares"]),
        ("recipe={}", ["recipe: given {}", "at least 1"]),
        ("recipe={rom: 1}", ["recipe: unknown 'rom'", "did you mean 'room'?"]),
        ("recipe={room: 1, streat: 2}", ["recipe: unknown 'streat'", "did you mean 'street'?"]),
        ("recipe={room: 0}", ["recipe.room: given 0", "greater than 0"]),
        ("recipe={room: 1, street: two}", ['recipe.street: given "two"', "number"]),
        ("recipe.room=true", ["recipe.room: given true", "number"]),
        ("camera.rigs={humn: 1}", ["camera.rigs: unknown 'humn'", "did you mean 'human'?", ", ".join(RIGS)]),
        ("camera.rigs={robot: 0}", ["camera.rigs.robot: given 0", "greater than 0"]),
        ("camera.rigs=human", ['camera.rigs: given "human"', "must be a mapping of keys to values"]),
        ("rigs={human: 1}", ["rigs: unknown key", "did you mean 'camera.rigs'?"]),
        ("catalog=", ["catalog"]),
        ("render_preset=qualty", ["render_preset: unknown", "did you mean 'quality'?", "default, preview, quality"]),
        ("render_preset=3", ["render_preset: given 3", "string"]),
        ("render_preset=[quality]", ['render_preset: given ["quality"]', "string"]),
        ("schema_version=1", ["schema_version: given 1", "must be 4"]),
        ("seed=!!bool x", ["'seed=!!bool x'", "a tag (!name) is not allowed"]),
        ("seed=!!timestamp x", ["a tag (!name) is not allowed"]),
        ("seed=!!int ''", ["a tag (!name) is not allowed"]),
        ("seed=!!float ''", ["a tag (!name) is not allowed"]),
        ("seed=! 1", ["a tag (!name) is not allowed"]),
        ("seed=\udcff", ["'seed=\\udcff'", "not UTF-8 text"]),
        ("\udcff=1", ["'\\udcff=1'", "not UTF-8 text"]),
        ('seed="\\ud800"', ["half a character"]),
        ("room={2020-01-01: 1}", ["the key '2020-01-01' must be text"]),
        ("room={1: 1}", ["the key '1' must be text"]),
        ("seed=" + "9" * 6000, ["more than 64 bits"]),
        ("seed=0x" + "f" * 100, ["more than 64 bits"]),
        (".".join("a" * 5000) + "=1", ["5000 names", "at most 10"]),
        ("seed=2020-01-01", ['seed: given "2020-01-01"', "integer"]),
    ],
)
def test_a_fault_says_where_what_was_given_and_what_is_allowed(override: str, words: list[str]) -> None:
    (fault,) = faults_of("quickstart", override)
    assert all(word in fault for word in words), fault
    assert fault.isprintable()
    assert len(fault) < 500


ESCAPE = "\x1b[2J\nseed\x07"


@pytest.mark.parametrize(
    "override",
    [f"{ESCAPE}=1", f"seed={ESCAPE}", f"tasks=['{ESCAPE}']", f"tasks=[{ESCAPE!a}]", 'seed={"\\e": 1, "\\e": 1}'],
)
def test_control_characters_do_not_reach_the_terminal(override: str) -> None:
    assert all(fault.isprintable() for fault in faults_of("quickstart", override))


def test_control_characters_of_a_preset_do_not_reach_the_terminal() -> None:
    assert all(fault.isprintable() for fault in (*faults_of(ESCAPE), *faults_of(f"/{ESCAPE}")))


@pytest.mark.parametrize(
    "override",
    ["x" * 9000, "seed=" + "x" * 9000, "x" * 9000 + "=1", f"tasks=[{'x' * 9000}]", f"tasks=[{'depth, ' * 9000}]"],
)
def test_long_keys_and_values_are_shortened(override: str) -> None:
    assert all(len(fault) <= 1003 for fault in faults_of("quickstart", override))


def test_of_very_many_faults_the_first_are_told_and_the_rest_counted() -> None:
    faults = faults_of("quickstart", f"room={{{', '.join(f'k{index}: 1' for index in range(3000))}}}")
    assert len(faults) == 51
    assert faults[-1] == "and 2950 more faults"


def test_a_camera_above_the_ceiling_is_one_fault() -> None:
    (fault,) = faults_of("quickstart", "room.height_m.low=2.2", "camera.height_m.high=2.2")
    assert fault == "camera.height_m.high: given 2.2, must lie more than 0.2 m below room.height_m.low, which is 2.2"


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
    assert "no regular file" in faults_of(f"{tmp_path}/")[0]
    assert "no regular file" in faults_of("/dev/null")[0]
    os.mkfifo(tmp_path / "pipe.yaml")
    assert "no regular file" in faults_of(str(tmp_path / "pipe.yaml"))[0]
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


def test_the_schema_is_one_that_validators_read() -> None:
    draft = pytest.importorskip("jsonschema").Draft202012Validator
    draft.check_schema(spec_schema())
    validator = draft(spec_schema())
    assert validator.is_valid({"triplets_per_frame": {"semantic": 0.5}, "targets": {"depth": {"exponent": -4}}})
    assert not validator.is_valid({"triplets_per_frame": {"semantic": 101}})
    assert not validator.is_valid({"targets": {"depth": {"exponent": -9}}})
    assert not validator.is_valid({"targets": {"dept": {}}})


@pytest.mark.parametrize(
    ("name", "samples", "prefilter", "side_px"),
    [("preview", 8, "fast", 256), ("default", 16, "fast", 512), ("quality", 64, "accurate", 1024)],
)
def test_a_render_preset_sets_samples_denoiser_and_size(
    tmp_path: Path, name: str, samples: int, prefilter: str, side_px: int
) -> None:
    spec = load_spec(written(tmp_path, f"render_preset: {name}\n"))
    assert spec.render_preset == name
    assert (spec.render.samples, spec.render.denoise, spec.render.prefilter) == (samples, True, prefilter)
    assert (spec.camera.width_px, spec.camera.height_px) == (side_px, side_px)


def test_the_specs_own_defaults_are_those_of_the_render_preset_it_names(tmp_path: Path) -> None:
    named = load_spec(written(tmp_path, f"render_preset: {RunSpec().render_preset}\n"))
    assert named == RunSpec()


def test_all_render_presets_set_the_same_keys_so_that_nothing_of_another_stays() -> None:
    folder = resources.files("render_configs").joinpath("render_presets")
    texts = [folder.joinpath(f"{name}.yaml").read_text("utf-8") for name in render_preset_names()]
    keys = [{(part, key) for part, values in yaml.safe_load(text).items() for key in values} for text in texts]
    assert keys == [keys[0]] * len(keys)


def test_recipes_and_rigs_come_with_shares_and_a_recipe_alone_replaces_them(tmp_path: Path) -> None:
    path = written(tmp_path, "recipe: {room: 3, street: 0.5}\ncamera: {rigs: {human: 2, robot: 1}}\n")
    spec = load_spec(path, ["recipe.room=4"], MEMBERS)
    assert spec.recipe == {"room": 4.0, "street": 0.5}
    assert spec.camera.rigs == {"human": 2.0, "robot": 1.0}
    assert load_spec(path, ["recipe=street"], MEMBERS).recipe == "street"


def test_every_fault_of_a_mapping_is_one_line() -> None:
    faults = faults_of("quickstart", "recipe={room: -1, street: x, hal: 0}")
    assert [fault.partition(":")[0] for fault in faults] == ["recipe", "recipe.room", "recipe.street", "recipe.hal"]


def test_a_files_own_keys_overrule_the_render_preset_that_it_names(tmp_path: Path) -> None:
    spec = load_spec(written(tmp_path, "render: {samples: 5}\ncamera: {width_px: 96}\nrender_preset: quality\n"))
    assert (spec.render.samples, spec.render.prefilter) == (5, "accurate")
    assert (spec.camera.width_px, spec.camera.height_px) == (96, 1024)


@pytest.mark.parametrize("order", [[0, 1], [1, 0]])
def test_a_render_preset_by_override_overrules_the_file_but_no_other_override(order: list[int]) -> None:
    overrides = ["render_preset=quality", "camera.width_px=96"]
    spec = load_spec("quickstart", [overrides[place] for place in order])
    assert (spec.render_preset, spec.render.samples, spec.render.prefilter) == ("quality", 64, "accurate")
    assert (spec.camera.width_px, spec.camera.height_px) == (96, 1024)
    assert spec.camera.fov_x_deg == load_spec("quickstart").camera.fov_x_deg


def test_a_render_preset_by_override_replaces_the_files_sizes_drawn_by_lot(tmp_path: Path) -> None:
    path = written(tmp_path, "camera: {buckets: [{width_px: 1888, height_px: 560}]}\n")
    assert load_spec(path).camera.buckets[0].width_px == 1888
    assert load_spec(path, ["render_preset=preview"]).camera.buckets == ()


def test_of_two_render_presets_the_last_holds() -> None:
    spec = load_spec("quickstart", ["render_preset=quality", "render_preset=preview"])
    assert spec == load_spec("quickstart", ["render_preset=preview"])
