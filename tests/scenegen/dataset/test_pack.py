"""A packed unit is byte-deterministic, complete, and stored as random access and bit rot ask for."""

import dataclasses
import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from scenegen.dataset.exr import decode_exr
from scenegen.dataset.footer import rejected_views, unit_footer
from scenegen.dataset.frames import read_gbuffer
from scenegen.dataset.jpeg import encode_jpeg
from scenegen.dataset.pack import PackedFrame, UnitFiles, pack_frame
from scenegen.dataset.png import SIGNATURE
from schemas.errors import DatasetError, RenderError
from schemas.frame import FRAME_COLUMNS, Rejection, Shot, Verdict
from schemas.run_record import RunRecord
from schemas.run_spec import ImageSpec
from schemas.scene_plan import ScenePlan
from schemas.unit import Unit, units_of

Shots = list[Shot]
Pack = Callable[..., UnitFiles]


@pytest.fixture
def stored(pack: Pack, tmp_path: Path, record: RunRecord, unit: Unit, shots: Shots) -> tuple[Path, Path]:
    """The two files of a unit."""
    files = pack(record, unit, shots)
    assert files.frames is not None
    paths = tmp_path / "triplets.parquet", tmp_path / "frames.parquet"
    paths[0].write_bytes(files.triplets)
    paths[1].write_bytes(files.frames)
    return paths


def test_packing_twice_gives_equal_bytes(
    pack: Pack, record: RunRecord, unit: Unit, shots: Shots, new_shots: Callable[[RunRecord, Unit], Shots]
) -> None:
    assert pack(record, unit, shots) == pack(record, unit, new_shots(record, unit))


def test_the_footer_names_the_frames_by_their_content(
    pack: Pack, record: RunRecord, unit: Unit, shots: Shots, stored: tuple[Path, Path]
) -> None:
    files = pack(record, unit, shots)
    assert files.frames is not None
    sha256 = hashlib.sha256(files.frames).hexdigest()
    footer = unit_footer(stored[0])
    assert footer.frames_path == files.frames_path == f"frames/train/unit-00000000-{sha256[:16]}.parquet"
    assert (footer.frames_sha256, footer.rows, footer.unit) == (sha256, 8, unit)
    assert (footer.run_digest, footer.versions) == (record.digest(), record.versions)
    assert unit_footer(stored[1]).rows == files.frame_count == 4
    assert json.loads(pq.read_schema(stored[1]).metadata[b"scenegen"])["schema_version"] == 4


def test_images_are_plain_and_the_rest_is_zstd_with_a_dictionary(stored: tuple[Path, Path]) -> None:
    images = {"input_image.bytes", "edited_image.bytes", "image.bytes", "exr"}
    for path in stored:
        group = pq.read_metadata(path).row_group(0)
        for column in map(group.column, range(group.num_columns)):
            plain = column.path_in_schema in images
            assert column.compression == ("UNCOMPRESSED" if plain else "ZSTD"), column.path_in_schema
            has_dictionary = not plain and column.physical_type != "BOOLEAN"  # which the format packs by itself
            assert column.has_dictionary_page == has_dictionary, column.path_in_schema
            assert ("RLE_DICTIONARY" in column.encodings) == has_dictionary
            assert column.has_offset_index


def test_row_groups_have_32_rows(
    pack: Pack, new_record: Callable[..., RunRecord], shots: Shots, tmp_path: Path
) -> None:
    record = new_record(scenes=1, scenes_per_unit=1, views_per_scene=17)
    plan, frame = shots[0]
    unit = units_of(record.spec)[0]
    many = [(plan, dataclasses.replace(frame, frame_id=name)) for name in unit.frame_ids(record.spec)]
    path = tmp_path / "triplets.parquet"
    path.write_bytes(pack(record, unit, many).triplets)
    metadata = pq.read_metadata(path)
    assert [metadata.row_group(index).num_rows for index in range(metadata.num_row_groups)] == [32, 2]


def test_a_flipped_bit_in_any_page_is_noticed(stored: tuple[Path, Path]) -> None:
    for path in stored:
        whole, group = path.read_bytes(), pq.read_metadata(path).row_group(0)
        for column in map(group.column, range(group.num_columns)):
            damaged = bytearray(whole)
            start = column.dictionary_page_offset if column.has_dictionary_page else column.data_page_offset
            damaged[start + column.total_compressed_size - 1] ^= 4
            path.write_bytes(damaged)
            with pytest.raises(OSError, match="CRC"):
                pq.ParquetFile(path, page_checksum_verification=True).read()


def test_the_frames_file_holds_the_buffers_the_plan_and_what_is_shown(shots: Shots, stored: tuple[Path, Path]) -> None:
    rows = pq.read_table(stored[1]).to_pylist()
    for row, (plan, frame) in zip(rows, shots, strict=True):
        assert decode_exr(row["exr"]).z_depth_m.tobytes() == frame.gbuffer.z_depth_m.tobytes()
        assert ScenePlan.model_validate_json(row["plan"]) == plan
        assert [shown["instance_id"] for shown in row["objects"]] == [1, 2]
        assert [shown["pixels"] for shown in row["objects"]] == [
            np.count_nonzero(frame.gbuffer.instance_id == instance_id) for instance_id in (1, 2)
        ]
        assert [shown["label"] for shown in row["objects"]] == ["floor", "red ball"]
    schema = pq.read_schema(stored[1])
    assert schema.equals(FRAME_COLUMNS)
    assert set(schema.metadata) == {b"scenegen"}


def test_one_frames_buffers_are_found_by_its_name(shots: Shots, stored: tuple[Path, Path]) -> None:
    gbuffer = read_gbuffer(stored[1], "scene-00000001-view-00")
    np.testing.assert_array_equal(gbuffer.z_depth_m, shots[2][1].gbuffer.z_depth_m)
    with pytest.raises(DatasetError, match="scene-00000009"):
        read_gbuffer(stored[1], "scene-00000009-view-00")


def test_objects_leave_out_what_is_not_seen(
    pack: Pack, record: RunRecord, unit: Unit, shots: Shots, tmp_path: Path
) -> None:
    plan, frame = shots[0]
    floor_only = dataclasses.replace(frame.gbuffer, instance_id=np.minimum(frame.gbuffer.instance_id, 1))
    changed = [(plan, dataclasses.replace(frame, gbuffer=floor_only)), *shots[1:]]
    files = pack(record, unit, changed)
    assert files.frames is not None
    (tmp_path / "frames.parquet").write_bytes(files.frames)
    objects = pq.read_table(tmp_path / "frames.parquet").to_pylist()[0]["objects"]
    assert [shown["instance_id"] for shown in objects] == [1]


def test_without_frames_there_is_no_frames_file(
    pack: Pack, new_record: Callable[..., RunRecord], unit: Unit, shots: Shots, tmp_path: Path
) -> None:
    files = pack(new_record(keep_frames=False), unit, shots)
    assert (files.frames, files.frames_path) == (None, None)
    (tmp_path / "triplets.parquet").write_bytes(files.triplets)
    assert unit_footer(tmp_path / "triplets.parquet").frames_path is None


def test_missing_and_swapped_frames_are_refused(pack: Pack, record: RunRecord, unit: Unit, shots: Shots) -> None:
    with pytest.raises(RenderError, match="scene-00000001-view-01"):
        pack(record, unit, shots[:-1])
    with pytest.raises(RenderError, match="4 frames given, 4 planned"):
        pack(record, unit, shots[::-1])


def test_an_instance_that_the_plan_lacks_is_refused(pack: Pack, record: RunRecord, unit: Unit, shots: Shots) -> None:
    plan, frame = shots[0]
    strange = dataclasses.replace(frame.gbuffer, instance_id=np.full_like(frame.gbuffer.instance_id, 9))
    with pytest.raises(RenderError, match=r"instances \[9\]"):
        pack(record, unit, [(plan, dataclasses.replace(frame, gbuffer=strange)), *shots[1:]])


def test_frames_are_packed_in_any_thread_with_one_picture_for_all_rows(record: RunRecord, shots: Shots) -> None:
    def packed(shot: Shot) -> PackedFrame:
        return pack_frame(record, *shot)

    with ThreadPoolExecutor(4) as threads:
        frames = list(threads.map(packed, shots * 3))
    assert frames == [packed(shot) for shot in shots] * 3
    depth, normals = frames[0].triplets
    assert depth.input_image_bytes is normals.input_image_bytes
    assert frames[0].row is not None
    assert frames[0].row["image"] == {"bytes": depth.input_image_bytes, "path": "scene-00000000-view-00.png"}


def test_no_buffers_are_encoded_where_no_frames_are_kept(new_record: Callable[..., RunRecord], shots: Shots) -> None:
    assert pack_frame(new_record(keep_frames=False), *shots[0]).row is None


def test_pictures_are_of_the_specs_format_and_targets_always_png(
    pack: Pack, new_record: Callable[..., RunRecord], unit: Unit, shots: Shots, tmp_path: Path
) -> None:
    files = pack(new_record(image=ImageSpec(format="jpeg", jpeg_quality=90)), unit, shots)
    (tmp_path / "triplets.parquet").write_bytes(files.triplets)
    row = pq.read_table(tmp_path / "triplets.parquet").to_pylist()[3]
    assert row["input_image"] == {
        "bytes": encode_jpeg(shots[1][1].rgb, 90),
        "path": "scene-00000000-view-01.jpg",
    }
    assert row["edited_image"]["path"] == "scene-00000000-view-01-normals-0.png"
    assert row["edited_image"]["bytes"].startswith(SIGNATURE)


def test_the_footer_tells_of_every_rejection_and_names_the_frames_set_aside(
    pack: Pack, record: RunRecord, unit: Unit, shots: Shots, rejections: list[Rejection], tmp_path: Path
) -> None:
    files = pack(record, unit, shots, rejections)
    assert files.set_aside is not None
    (tmp_path / "triplets.parquet").write_bytes(files.triplets)
    (tmp_path / "aside.parquet").write_bytes(files.set_aside)
    footer, sha256 = unit_footer(tmp_path / "triplets.parquet"), hashlib.sha256(files.set_aside).hexdigest()
    assert footer.rejections == ((0, 0, 1, "near", 0.25), (1, 0, 0, "witness_ids", 0.875))
    assert footer.set_aside_path == files.set_aside_path == f"failures/train/unit-00000000-{sha256[:16]}.parquet"
    assert footer.set_aside_sha256 == sha256
    assert unit_footer(tmp_path / "aside.parquet").rows == 1
    (row,) = pq.read_table(tmp_path / "aside.parquet").to_pylist()
    assert row["frame_id"] == "scene-00000001-attempt-0-candidate-00"
    assert row["verdicts"][-1] == {"gate": "witness_ids", "figure": 0.875, "passed": False}
    assert all(verdict["passed"] for verdict in row["verdicts"][:-1])
    assert pq.read_schema(tmp_path / "aside.parquet").equals(FRAME_COLUMNS)


def test_a_unit_without_rejections_sets_nothing_aside(pack: Pack, record: RunRecord, unit: Unit, shots: Shots) -> None:
    files = pack(record, unit, shots, ())
    assert (files.set_aside, files.set_aside_path) == (None, None)


def test_of_very_many_frames_set_aside_the_first_are_kept(
    pack: Pack, record: RunRecord, unit: Unit, shots: Shots, rejections: list[Rejection], tmp_path: Path
) -> None:
    many = [dataclasses.replace(rejections[1], attempt=attempt) for attempt in range(40)]
    files = pack(record, unit, shots, many)
    assert files.set_aside is not None
    (tmp_path / "triplets.parquet").write_bytes(files.triplets)
    (tmp_path / "aside.parquet").write_bytes(files.set_aside)
    assert len(unit_footer(tmp_path / "triplets.parquet").rejections) == 40
    assert pq.read_metadata(tmp_path / "aside.parquet").num_rows == 32


@pytest.mark.parametrize("figure", [float("nan"), float("inf")])
def test_a_figure_that_is_no_number_is_left_out_of_the_footer(figure: float) -> None:
    verdict = Verdict("depth", figure, passed=False)
    assert rejected_views([Rejection(3, 1, 2, verdict)]) == ((3, 1, 2, "depth", None),)


def test_materials_are_named_where_they_are_seen(stored: tuple[Path, Path], shots: Shots) -> None:
    shown = pq.read_table(stored[1]).to_pylist()[0]["materials"]
    assert [(material["material_id"], material["name"]) for material in shown] == [(2, "red plastic"), (3, "tiles")]
    ids = shots[0][1].gbuffer.material_id
    assert [material["pixels"] for material in shown] == [np.count_nonzero(ids == number) for number in (2, 3)]


def test_a_material_without_a_name_is_refused(record: RunRecord, shots: Shots) -> None:
    plan, frame = shots[0]
    with pytest.raises(RenderError, match="show material 3, the scene has 2"):
        pack_frame(record, plan, dataclasses.replace(frame, materials=frame.materials[:2]))
