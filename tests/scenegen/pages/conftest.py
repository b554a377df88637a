"""Frames of the analytic renderer as a small dataset and its page, and one headless Chromium without a network."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, sync_playwright

from assets_catalog.opening import open_catalog
from render_configs.load import load_spec
from scenegen.dataset.pack import pack_frame, pack_unit
from scenegen.pages.stored import preview_of_dataset
from scenegen.produce import frames_of_unit
from schemas.frame import Shot
from schemas.run_record import RunRecord
from schemas.unit import units_of

_FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
"""WebGL is drawn by the processor; what is opened are pages of our own."""


@pytest.fixture(scope="session")
def record() -> RunRecord:
    changes = ["recipe=primitives", "render.renderer=analytic", "scenes=2", "camera={width_px: 96, height_px: 64}"]
    return RunRecord(
        spec=load_spec("quickstart", changes), catalog_lock=open_catalog("builtin").lock(), versions={"scenegen": "0"}
    )


@pytest.fixture(scope="session")
def shots(record: RunRecord) -> list[Shot]:
    """Two frames of each of two yards of shapes."""
    catalog = open_catalog("builtin")
    outcomes = [outcome for unit in units_of(record.spec) for outcome in frames_of_unit(record, unit, catalog, 1)]
    return [outcome for outcome in outcomes if isinstance(outcome, tuple)]


@pytest.fixture(scope="session")
def dataset(record: RunRecord, shots: list[Shot], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("pages") / "yards"
    out.mkdir()
    (out / "run.json").write_text(record.model_dump_json())
    for unit in units_of(record.spec):
        names = unit.frame_ids(record.spec)
        own = [pack_frame(record, plan, frame) for plan, frame in shots if frame.frame_id in names]
        files = pack_unit(record, unit, own, [])
        for path, content in ((unit.triplets_path, files.triplets), (files.frames_path, files.frames)):
            assert path is not None
            assert content is not None
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            (out / path).write_bytes(content)
    return out


@pytest.fixture(scope="session")
def written(dataset: Path) -> Path:
    """The page of the dataset."""
    return preview_of_dataset(dataset, dataset.parent / "page.html")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One for all tests of pages."""
    chromium = shutil.which("chromium")
    if chromium is None or subprocess.run([chromium, "--version"], capture_output=True, check=False).returncode != 0:
        pytest.skip("no chromium here: setup/browser.sh installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A wide window without a network, in which a fault of a page's scripts or a dialog fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    page = context.new_page()
    faults: list[str] = []

    def note(fault: str) -> None:
        faults.append(fault)

    def dismiss(dialog: Dialog) -> None:
        note(f"a dialog: {dialog.message}")
        dialog.dismiss()

    page.on("pageerror", lambda error: note(str(error)))
    page.on("console", lambda message: note(message.text) if message.type == "error" else None)
    page.on("dialog", dismiss)
    page.on("request", lambda request: None if _is_of_the_page(request.url) else note(request.url))
    yield page
    context.close()
    assert faults == []


def _is_of_the_page(url: str) -> bool:
    return url.startswith(("file:", "data:", "blob:"))
