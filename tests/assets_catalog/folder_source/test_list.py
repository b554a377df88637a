"""Listing a folder: what is found, under which name, class and licence; what is set aside at once, and why."""

import hashlib
import zipfile
from pathlib import Path

import pytest

from assets_catalog.ingest.candidate import AddOptions, Candidate, Prepared, SetAside
from assets_catalog.ingest.server import prepared
from assets_catalog.record import AssetRecord
from assets_catalog.sources.folder import asset_name, list_folder
from schemas.errors import AssetError, CatalogError
from tests.assets_catalog.folder_source import samples

FREE = AddOptions(license="CC0-1.0")


def write(folder: Path, files: dict[str, bytes | str]) -> Path:
    """Writes files, and the folders that they lie in."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def listed(path: Path, options: AddOptions = FREE) -> dict[str, Candidate | SetAside]:
    """Returns what is listed, by id."""
    return {each.asset_id: each for each in list_folder(path, options)}


def only(path: Path, options: AddOptions = FREE) -> Candidate:
    """Returns the one candidate."""
    (found,) = listed(path, options).values()
    assert isinstance(found, Candidate), found
    return found


def reason(path: Path, options: AddOptions = FREE) -> str:
    """Returns why the one file is set aside."""
    (found,) = listed(path, options).values()
    assert isinstance(found, SetAside), found
    return found.reason


def test_folders_are_walked_and_other_files_passed_over(tmp_path: Path) -> None:
    write(tmp_path, {"a/chair.glb": b"", "b/c/Table.OBJ": b"", "b/wood.png": b"", "note.txt": b"", "a/chair.yaml": ""})
    assert list(listed(tmp_path)) == [f"folder/{tmp_path.name}.{name}" for name in ("a.chair.glb", "b.c.Table.OBJ")]


def test_one_file_is_listed_alone(tmp_path: Path) -> None:
    write(tmp_path, {"chair.glb": b"", "table.glb": b""})
    assert list(listed(tmp_path / "chair.glb")) == [f"folder/{tmp_path.name}.chair.glb"]


def test_names_differ_where_files_do() -> None:
    files = ["a/b.glb", "a.b.glb", "a-b.glb", "a b.glb", "ä/b.glb", "ö/b.glb", "../b.glb", "x" * 300 + ".glb"]
    names = [asset_name(file) for file in files]
    assert len(set(names)) == len(files)
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789._-") and len(name) < 100 for name in names)


def test_class_comes_from_sidecar_then_name_then_option(tmp_path: Path) -> None:
    write(tmp_path, {"old_wooden_Chair-02.glb": b""})
    assert only(tmp_path).facts.class_name == "chair"
    write(tmp_path, {"old_wooden_Chair-02.yaml": "class: stool"})
    assert only(tmp_path).facts.class_name == "stool"
    unnamed = write(tmp_path / "other", {"qwzx.glb": b""})
    assert reason(unnamed).startswith("no class: ")
    assert only(unnamed, AddOptions(license="CC0-1.0", class_name="vase")).facts.class_name == "vase"


def test_licence_comes_from_sidecar_then_option_and_says_so(tmp_path: Path) -> None:
    write(tmp_path, {"chair.glb": b"", "LICENSE": "MIT"})
    assert reason(tmp_path, AddOptions()) == "no licence: no sidecar states one; give --license, or a sidecar"
    assert (only(tmp_path).facts.license, only(tmp_path).facts.license_is_override) == ("CC0-1.0", True)
    write(tmp_path, {"chair.yaml": "license: cc-by-4.0\ncreator: Ann"})
    facts = only(tmp_path).facts
    assert (facts.license, facts.license_is_override, facts.creator) == ("CC-BY-4.0", False, "Ann")


def test_nearer_sidecars_overrule_farther_ones(tmp_path: Path) -> None:
    write(tmp_path, {"a/b/chair.glb": b"", "assets.yaml": "license: MIT\ncreator: Root\nup: z\nplacement: floor"})
    write(tmp_path, {"a/b/assets.yaml": "creator: Near\nheight_m: 2", "a/b/chair.yaml": "height_m: 0.9"})
    found = only(tmp_path)
    assert (found.facts.license, found.facts.creator, found.facts.height_m) == ("MIT", "Near", 0.9)
    assert found.facts.placement == "floor"
    assert getattr(found.load, "up", None) == "z"


def test_sidecar_says_all_there_is_to_say(tmp_path: Path) -> None:
    text = "class: chair\nlabel: dining chair\nsize_m: [0.5, 0.6, 0.9]\nmeters_per_unit: 0.01\nup: z\nfront: x\n"
    text += "license: CC-BY-SA-4.0\ncreator: Ann\nsource: https://example.org/1\nplacement: surface\n"
    facts = only(write(tmp_path, {"qwzx.obj": b"", "qwzx.yaml": text})).facts
    assert (facts.label, facts.size_m, facts.meters_per_unit) == ("dining chair", (0.5, 0.6, 0.9), 0.01)
    assert (facts.source, facts.placement) == ("https://example.org/1", "surface")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("licence: MIT", "unknown key licence (did you mean 'license'?); allowed: class, label, "),
        ("class: chiar", "class: given 'chiar', no class of the taxonomy (did you mean 'chair'?)"),
        ("license: GPL-9", "license: given 'GPL-9', licence 'GPL-9' is no SPDX id"),
        ("height_m: -1", "height_m: given -1, must be greater than 0"),
        ("up: w", "up: given 'w', must be 'x', '-x', 'y', '-y', 'z' or '-z'"),
        ("up: y\nfront: -y", "front and up must lie on different axes"),
        ("up: z\nup: y", "can't be read: 'up' stands twice"),
        ("a: &a [x]\nb: *a", "aliases (*name) and tags (!name) are not allowed"),
        ("label: !!python/object/apply:os.system [id]", "aliases (*name) and tags (!name) are not allowed"),
        ("[" * 5000, "can't be read"),
        ("- chair", "must be a valid dictionary"),
        ("label: \x1b[31m", "can't be read"),
        ("#" * 300_000, "larger than 256 KB"),
    ],
)
def test_faulty_sidecar_sets_its_file_aside_on_one_line(tmp_path: Path, text: str, said: str) -> None:
    found = reason(write(tmp_path, {"chair.glb": b"", "chair.yaml": text}))
    assert said in found
    assert found.isprintable()


def test_fault_in_a_folders_sidecar_stops(tmp_path: Path) -> None:
    write(tmp_path, {"chair.glb": b"", "assets.yaml": "lisense: MIT"})
    with pytest.raises(CatalogError, match=r"assets\.yaml: unknown key lisense \(did you mean 'license'\?\)"):
        listed(tmp_path)


@pytest.mark.parametrize("path", [None, Path("/no/such/folder")])
def test_no_folder_is_a_fault(path: Path | None) -> None:
    with pytest.raises(CatalogError, match=r"needs a path|there is no"):
        list(list_folder(path, FREE))


def test_folder_without_models_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"has no model that can be read: \.blend"):
        listed(write(tmp_path, {"note.txt": b""}))


@pytest.mark.parametrize("name", ["chair.zip", "chair.dae", "chair.3mf"])
def test_what_no_one_reads_is_set_aside(tmp_path: Path, name: str) -> None:
    assert reason(write(tmp_path, {name: b"PK"})).endswith("files aren't read here; export GLB")


def test_links_out_of_the_folder_are_set_aside_and_those_within_are_not(tmp_path: Path) -> None:
    inner = write(tmp_path / "inner", {"a/chair.glb": b""})
    write(tmp_path, {"secret/chair.glb": b"", "secret/chair.yaml": "license: MIT"})
    (inner / "stool.glb").symlink_to(tmp_path / "secret/chair.glb")
    (inner / "armchair.glb").symlink_to(inner / "a/chair.glb")
    (inner / "folder").symlink_to(tmp_path / "secret")
    (inner / "a/chair.yaml").symlink_to(tmp_path / "secret/chair.yaml")
    found = listed(inner)
    assert list(found) == [f"folder/inner.{name}.glb" for name in ("a.chair", "armchair", "stool")]
    assert getattr(found["folder/inner.stool.glb"], "reason", "") == "is a link that leads out of the folder"
    assert getattr(found["folder/inner.a.chair.glb"], "reason", "") == "chair.yaml: is a link, which is not followed"
    assert isinstance(found["folder/inner.armchair.glb"], Candidate)


def _copies(source: Path, target: Path) -> None:
    target.write_bytes(samples.box_glb())


def _refuses(source: Path, target: Path) -> None:
    raise AssetError(f"{source.name} can't be converted")


FBX = b"Kaydara FBX Binary  \x00rest"


def test_what_blender_reads_is_converted_outside_and_opened_inside(tmp_path: Path) -> None:
    folder = write(tmp_path, {"chair.fbx": FBX})
    assert "needs Blender" in reason(folder)
    options = AddOptions(license="CC0-1.0", convert=_copies)
    (result,) = prepared(list_folder(folder, options), options, 1)
    assert isinstance(result, Prepared)
    assert result.entry.source_sha256 == hashlib.sha256(FBX).hexdigest(), "of the file that was given"
    options = AddOptions(license="CC0-1.0", convert=_refuses)
    (result,) = prepared(list_folder(folder, options), options, 1)
    assert getattr(result, "reason", "") == "chair.fbx can't be converted"


def test_blend_files_need_a_flag(tmp_path: Path) -> None:
    folder = write(tmp_path, {"chair.blend": b"BLENDER-v400"})
    assert "can hold programs" in reason(folder, AddOptions(license="CC0-1.0", convert=_copies))
    assert isinstance(only(folder, AddOptions(license="CC0-1.0", convert=_copies, allow_blend=True)), Candidate)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("chair.fbx", b"MZ" * 20, "is no .fbx file"),
        ("chair.usda", b"x", "is no .usda file"),
        ("chair.usdz", b"PK\x03\x04", "is no valid archive"),
    ],
)
def test_what_is_no_such_file_never_reaches_blender(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    assert said in reason(write(tmp_path, {name: content}), AddOptions(license="CC0-1.0", convert=_copies))


@pytest.mark.parametrize("member", ["../chair.usda", "/etc/x.usda", "C:\\x.usda", "..\\x.usda"])
def test_archives_that_slip_never_reach_blender(tmp_path: Path, member: str) -> None:
    with zipfile.ZipFile(tmp_path / "chair.usdz", "w") as archive:
        archive.writestr(member, b"#usda 1.0")
    assert "which leads out of it" in reason(tmp_path, AddOptions(license="CC0-1.0", convert=_copies))


def test_archives_that_unfold_never_reach_blender(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "chair.usdz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("chair.usda", bytes(2**20))
    assert "compressed files" in reason(tmp_path, AddOptions(license="CC0-1.0", convert=_copies))


def test_real_files_of_every_format_become_entries(tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {f"chair_{name}": content for name, content in samples.SINGLE.items()}
    files |= {f"a/{name}": content for name, content in samples.box_gltf().items()}
    files |= {f"b/{name}": content for name, content in samples.box_obj().items()}
    write(tmp_path, files | {"assets.yaml": "license: MIT\nclass: chair\nheight_m: 0.9"})
    results = list(prepared(list_folder(tmp_path, AddOptions()), AddOptions(), 2))
    records = [result.entry for result in results if isinstance(result, Prepared)]
    heights = [record.size_m[2] for record in records if isinstance(record, AssetRecord)]
    assert heights == pytest.approx([0.9] * 8), results
