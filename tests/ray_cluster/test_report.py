"""`scenegen report`: one page that says what `validate` says; bad input is one line before any long work."""

import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ray_cluster.cli import app
from tests.scenegen.dataset.conftest import make_record, write_dataset

UNIT_1 = "triplets/train/unit-00000001.parquet"


def scenegen(*arguments: object) -> Result:
    return CliRunner().invoke(app, [*map(str, arguments)], env={"COLUMNS": "160"})


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five units of one scene, two frames each."""
    return write_dataset(tmp_path_factory.mktemp("whole") / "out", make_record(scenes=5, scenes_per_unit=1))


@pytest.fixture
def out(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "out"))


def verdicts_on(page: Path) -> dict[str, tuple[str, str]]:
    """Returns check -> verdict and how many are at fault, as a page has them."""
    rows = re.findall(r"<tr>(.*?)</tr>", page.read_text().partition('id="statistics"')[0], re.DOTALL)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in rows[1:]]
    return {row[0]: (row[1], row[3]) for row in cells}


@pytest.mark.parametrize("sample", [(), ("--sample", "50%", "--seed", "4")])
@pytest.mark.parametrize("torn", [False, True])
def test_the_page_has_the_verdict_of_validate(out: Path, tmp_path: Path, sample: tuple[str, ...], torn: bool) -> None:
    if torn:
        (out / UNIT_1).write_bytes((out / UNIT_1).read_bytes()[:-9])
    told = scenegen("report", out, "--output", tmp_path / "report.html", *sample)
    assert told.exit_code == 0, told.stderr
    validated = scenegen("validate", out, "--json", tmp_path / "verdict.json", *sample)
    assert told.stdout.splitlines() == [validated.stdout.splitlines()[-1], f"wrote {tmp_path / 'report.html'}"]
    checks = json.loads((tmp_path / "verdict.json").read_text())["checks"]
    assert verdicts_on(tmp_path / "report.html") == {
        check["check"]: (check["verdict"], str(check["at_fault"])) for check in checks
    }
    assert ("Not told" in (tmp_path / "report.html").read_text()) == torn


def test_the_same_dataset_gives_the_same_page(out: Path, tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        scenegen("report", out, "--output", tmp_path / name, "--seed", "3")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--sample", "2"), "--sample 2: must be a share above 0"),
        (("--output", "report.png"), "--output report.png: must end in .html"),
        (("--output", "folder.html"), "folder.html can't be written"),
        (("--output", "file/report.html"), "report.html can't be written"),
    ],
)
def test_bad_input_is_one_line(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.html").mkdir()
    (tmp_path / "file").write_text("")
    monkeypatch.setattr("ray_cluster.commands.report.checked", lambda *_: pytest.fail("long work had begun"))
    told = scenegen("report", out, *arguments)
    assert (told.exit_code, told.stdout) == (2, "")
    (line,) = told.stderr.splitlines()
    assert words in line


def test_what_is_no_dataset_is_said(tmp_path: Path) -> None:
    told = scenegen("report", tmp_path / "nothing")
    assert told.exit_code == 2
    assert "no directory" in told.stderr
    assert not [*tmp_path.iterdir()]
