"""Ray Data reads the same rows as our reader, each once, with the same bytes."""

from pathlib import Path

import pytest
import ray

from scenegen.dataset.reader import open_dataset
from tests.scenegen.dataset.conftest import make_record, write_dataset
from tests.training_page import SECTIONS, run, write_demo

pytestmark = [
    pytest.mark.usefixtures("session_ray"),
    pytest.mark.filterwarnings("ignore:`use_:DeprecationWarning"),  # Ray Data, of its own defaults
]
SECTION = "Ten lines for Ray Data"
COLUMNS = ["sample_id", "edit_prompt", "input_image", "edited_image"]


def test_rows_are_the_readers_each_once(tmp_path: Path) -> None:
    out = write_dataset(tmp_path / "out", make_record())
    read = ray.data.read_parquet(str(out / "triplets" / "train")).select_columns(COLUMNS).take_all()
    theirs = [
        (row["sample_id"], row["edit_prompt"], row["input_image"]["bytes"], row["edited_image"]["bytes"])
        for row in read
    ]
    rows = open_dataset(out).rows(split="train")
    stored = (rows.stored(index) for index in range(len(rows)))
    ours = [(row.sample_id, row.edit_prompt, row.input_image_bytes, row.target_png) for row in stored]
    assert sorted(theirs) == sorted(ours) != []


def test_the_tutorials_section_runs_as_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """But for its path, which workers take from the folder in which Ray was started."""
    write_demo(tmp_path)
    monkeypatch.setitem(SECTIONS, SECTION, SECTIONS[SECTION].replace("out/quickstart", f"{tmp_path}/out/quickstart"))
    given, prompts, target = run(SECTION)[0]
    assert given.shape == target.shape == (8, 48, 64, 3)
    assert -1 <= given.min() < 0 < given.max() <= 1
    assert isinstance(prompts[0], str)
