"""Virtual KITTI 2: a frame of ours in its layout comes back, to the centimetre; what is off is told."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from scenegen.ingest.asked import Asked
from scenegen.ingest.finished import Placed
from scenegen.ingest.ingester import FrameError
from schemas.errors import InputError
from schemas.frame import Shot
from schemas.run_spec import GateSpec
from schemas.scene_plan import square
from tests.scenegen.ingest.seen import same_parts, seen_room

GATES = GateSpec(near_share=1.0)
YDOWN_FROM_ZUP = np.array([[1.0, 0, 0, 0], [0, 0, -1.0, 0], [0, 1.0, 0, 0], [0, 0, 0, 1.0]])
COLORS = {"Sky": (90, 200, 255), "Building": (140, 140, 140), "Car": (255, 127, 80), "Misc": (80, 80, 80)}
FRAME = "Scene01/clone/Camera_1/00007"


def classes_shown() -> np.ndarray:
    """Two things are cars; the rest is building."""
    ids = seen_room().gbuffer.instance_id
    cars = largest(ids)
    return np.where(ids == 0, 0, np.where(np.isin(ids, cars), 2, 1))


def largest(ids: np.ndarray) -> list[int]:
    numbers, pixels = np.unique(ids[ids > 0], return_counts=True)
    return [int(number) for number in numbers[np.argsort(-pixels)][2:4]]


def written(root: Path, *, apart: bool = False) -> Path:
    """Writes the room as archives unpack: over each other, or each in a folder of its own."""
    seen, variant = seen_room(), "Scene01/clone"

    def at(archive: str, path: str) -> Path:
        file = root / (f"vkitti_2.0.3_{archive}" if apart else "") / variant / path
        file.parent.mkdir(parents=True, exist_ok=True)
        return file

    ids, shown = seen.gbuffer.instance_id, classes_shown()
    tracks = np.select([ids == each for each in largest(ids)], [5, 1], 0).astype(np.uint8)
    depth_cm = np.where(np.isinf(seen.gbuffer.z_depth_m), 65535, np.rint(seen.gbuffer.z_depth_m * 100))
    palette = np.array(list(COLORS.values()), np.uint8)
    camera = "Camera_1"
    Image.fromarray(seen.rgb).save(at("rgb", f"frames/rgb/{camera}/rgb_00007.jpg"), quality=95)
    Image.fromarray(depth_cm.astype(np.uint16)).save(at("depth", f"frames/depth/{camera}/depth_00007.png"))
    classes = at("classSegmentation", f"frames/classsegmentation/{camera}/classgt_00007.png")
    Image.fromarray(palette[shown]).save(classes)
    indexed = Image.fromarray(tracks, mode="P")
    indexed.putpalette([value for color in range(256) for value in (color, 255 - color, color)])
    indexed.save(at("instanceSegmentation", f"frames/instancesegmentation/{camera}/instancegt_00007.png"))
    k, world2cam = seen.k, np.linalg.inv(YDOWN_FROM_ZUP @ seen.cam2world)
    numbers = " ".join(str(value) for value in (k[0, 0], k[1, 1], k[0, 2] - 0.5, k[1, 2] - 0.5))
    at("textgt", "intrinsic.txt").write_text(
        f"frame cameraID K[0,0] K[1,1] K[0,2] K[1,2]\n7 0 1 1 1 1\n7 1 {numbers}\n"
    )
    rows = " ".join(str(value) for value in world2cam.ravel())
    at("textgt", "extrinsic.txt").write_text(f"frame cameraID r1,1 ...\n7 1 {rows}\n")
    lines = [f"{name} {' '.join(map(str, color))}" for name, color in COLORS.items()]
    at("textgt", "colors.txt").write_text("\n".join(["Category r g b", *lines]) + "\n")
    return root


def shot(root: Path, **said: object) -> Shot:
    whole = Asked("vkitti2", root, said, GATES)
    (found,) = whole.found()
    assert found.name.endswith(FRAME)
    return whole.shot(found, Placed("vkitti2", 0))


@pytest.mark.parametrize("apart", [False, True])
def test_a_frame_comes_back_to_the_centimetre(tmp_path: Path, apart: bool) -> None:
    seen = seen_room()
    plan, frame = shot(written(tmp_path, apart=apart))
    surface = np.isfinite(seen.gbuffer.z_depth_m)
    np.testing.assert_array_equal(np.isfinite(frame.gbuffer.z_depth_m), surface)
    error_m = np.abs(frame.gbuffer.z_depth_m[surface] - seen.gbuffer.z_depth_m[surface])
    assert error_m.max() < 0.00501
    np.testing.assert_allclose(square(frame.view.intrinsics), seen.k, atol=1e-9)
    np.testing.assert_allclose(square(frame.view.cam2world), seen.cam2world, atol=1e-9)
    assert np.abs(frame.rgb.astype(int) - seen.rgb).mean() < 4
    assert plan.origin is not None
    assert plan.origin.lacking == ("scene", "normals")
    judges = [verdict.gate for verdict in frame.verdicts]
    assert judges == ["depth", "ids", "normals", "codec", "blank", "near", "distinct", "dark", "burnt"]


def test_vehicles_are_told_apart_and_other_classes_are_one_object(tmp_path: Path) -> None:
    plan, frame = shot(written(tmp_path))
    ids = seen_room().gbuffer.instance_id
    merged = np.where(ids == 0, 0, np.where(np.isin(ids, largest(ids)), ids, 10_000))
    assert same_parts(frame.gbuffer.instance_id, merged)
    assert plan.origin is not None
    assert [plan.objects[number - 1].label for number in plan.origin.groups] == ["buildings"]
    assert sorted((each.class_name, each.label) for each in plan.objects) == [
        ("building", "buildings"),
        ("car", "car"),
        ("car", "car"),
    ]


def test_what_is_many_things_has_no_class(tmp_path: Path) -> None:
    plan, _ = shot(written(tmp_path), classes={"Building": None})
    assert plan.origin is not None
    assert "classes" in plan.origin.lacking
    assert {each.class_name for each in plan.objects} == {"car", "unknown"}


@pytest.mark.parametrize(
    ("file", "content", "line"),
    [
        ("intrinsic.txt", b"frame\n6 1 1 1 1 1\n", "intrinsic.txt has no such frame: 7 of camera 1"),
        ("intrinsic.txt", b"frame\n7 1 a b\n", "intrinsic.txt is damaged: 7 1 a b"),
        (
            "intrinsic.txt",
            b"frame\n7 1 99 99 500 64\n",
            "K's principal point lies outside of the picture: (500, 64) of",
        ),
        ("intrinsic.txt", b"frame\n7 1 99 99 nan 64\n", "intrinsic.txt is damaged"),
        ("intrinsic.txt", b"\xff\xfe" * 99, "intrinsic.txt has no such frame"),
        ("extrinsic.txt", b"frame\n7 1 1 2 3\n", "extrinsic.txt is damaged"),
        ("extrinsic.txt", b"frame\n7 1" + b" 2" * 16, "a pose is no rotation and shift"),
        ("colors.txt", b"x\nCar 1 2 700\n", "colors.txt is damaged"),
        ("frames/depth/Camera_1/depth_00007.png", b"no PNG", "depth can't be used: depth is no PNG or JPEG"),
        ("frames/classsegmentation/Camera_1/classgt_00007.png", None, "classgt can't be read"),
    ],
)
def test_what_is_off_is_told(tmp_path: Path, file: str, content: bytes | None, line: str) -> None:
    path = written(tmp_path) / "Scene01" / "clone" / file
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    with pytest.raises(FrameError) as raised:
        shot(tmp_path)
    assert str(raised.value).startswith(line)


def test_only_what_is_asked_for_is_found(tmp_path: Path) -> None:
    written(tmp_path)
    for said in ({"cameras": (0,)}, {"variations": ("fog",)}):
        with pytest.raises(InputError, match="holds no SceneX/Y/frames/rgb"):
            shot(tmp_path, **said)
    shot(tmp_path, scenes=("Scene01",), variations=("clone",), cameras=(1,))


def test_depth_of_other_bits_and_planes_of_other_sizes_are_told(tmp_path: Path) -> None:
    frames = written(tmp_path) / "Scene01" / "clone" / "frames"
    depth = frames / "depth" / "Camera_1" / "depth_00007.png"
    Image.fromarray(np.full((128, 160), 200, np.uint8)).save(depth)
    with pytest.raises(FrameError, match="depth has 8 bits, must have 16"):
        shot(tmp_path)
    Image.fromarray(np.full((64, 160), 200, np.uint16)).save(depth)
    with pytest.raises(FrameError, match="sizes differ: 160 x 64, 160 x 128"):
        shot(tmp_path)
    Image.fromarray(np.zeros((128, 160), np.uint16)).save(depth)
    with pytest.raises(FrameError, match="depth is no positive number"):
        shot(tmp_path)


def test_a_file_of_a_frame_that_leads_elsewhere_is_not_followed(tmp_path: Path) -> None:
    depth = written(tmp_path / "frames") / "Scene01/clone/frames/depth/Camera_1/depth_00007.png"
    depth.rename(tmp_path / "elsewhere.png")
    depth.symlink_to(tmp_path / "elsewhere.png")
    with pytest.raises(FrameError, match="a file leads out of the folder: Scene01/clone/frames/depth"):
        shot(tmp_path / "frames")


def test_each_camera_has_a_row_of_its_own(tmp_path: Path) -> None:
    table = written(tmp_path) / "Scene01" / "clone" / "extrinsic.txt"
    table.write_text(table.read_text().replace("\n7 1 ", "\n7 0 "))
    with pytest.raises(FrameError, match=r"extrinsic.txt has no such frame: 7 of camera 1"):
        shot(tmp_path)
