"""The report in a real browser: it opens from disk, says what validate says, and takes names of others for text."""

import re
from base64 import b64decode
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from scenegen.dataset.checks.table import CHECKS
from scenegen.dataset.checks.words import summary
from scenegen.dataset.contents import contents
from scenegen.dataset.png import decode_png, encode_png
from scenegen.dataset.reader import committed_units, open_triplets
from scenegen.dataset.spending import Spending
from scenegen.dataset.stats.distributions import distributions
from scenegen.dataset.task_samples import task_samples
from scenegen.dataset.validate import validate
from scenegen.pages.cost_section import Prices
from scenegen.pages.rejects_section import GivenUp
from scenegen.pages.report_page import Told, report_page
from scenegen.pages.samples_section import samples_section
from schemas.frame import Shot
from schemas.ledger import LedgerEntry
from schemas.run_record import RunRecord
from schemas.unit_failure import FailedAttempt, UnitFailure
from schemas.validation import Fault
from tests.scenegen.pages.hostile import HOSTILE, hostile_triplets

TASKS = ("depth", "normals", "semantic", "instance", "referring")


def entry(unit: str, host: str = "one") -> LedgerEntry:
    """Returns what a unit took: ten seconds for two frames."""
    return LedgerEntry(
        unit=unit,
        attempt=1,
        host=host,
        wall_s=20.0,
        core_s={"make": 8.0, "encode": 2.0},
        stored_bytes=1000,
        frames=2,
        triplets=10,
        rejected={},
        already_there=False,
    )


def failure(words: str) -> UnitFailure:
    """Returns what is told of a unit that was given up."""
    attempt = FailedAttempt(kind="crashed", reason=words, host=words)
    return UnitFailure(
        unit="unit-00000007", split=words, scene_start=14, scene_stop=16, run_digest="0" * 64, attempts=(attempt,)
    )


@pytest.fixture(scope="module")
def told(dataset: Path, record: RunRecord) -> Told:
    spent = Spending()
    spent.add(entry("unit-00000000"))
    return Told(
        name="yards",
        records=(record,),
        verdict=validate(dataset),
        stats=distributions(dataset),
        samples=task_samples(committed_units(dataset), TASKS, 2, 0),
        there=contents(dataset),
        spent=spent,
    )


def opened(tab: Page, told: Told, folder: Path) -> str:
    """Opens the page in the browser, and returns its HTML."""
    page = folder / "report.html"
    page.write_text(report_page(told))
    tab.goto(page.as_uri())
    return page.read_text()


def test_the_page_says_what_validate_says(tab: Page, told: Told, tmp_path: Path) -> None:
    opened(tab, told, tmp_path)
    rows = tab.locator("#validation tbody tr")
    assert [row.locator("td").first.inner_text() for row in rows.all()] == [*CHECKS]
    assert rows.locator("td:nth-child(2)").all_inner_texts() == [check.verdict for check in told.verdict.checks]
    assert rows.locator("td:nth-child(4)").all_inner_texts() == [str(check.at_fault) for check in told.verdict.checks]
    expect(tab.locator(".verdict")).to_have_text(summary(told.verdict))


def test_faults_are_named_up_to_twenty_of_a_check(tab: Page, told: Told, tmp_path: Path) -> None:
    faults = tuple(Fault(where=f"row {number}", what="is off") for number in range(25))
    checks = [
        check.model_copy(update={"verdict": "failed", "faults": faults, "at_fault": 25})
        if check.check == "ids"
        else check
        for check in told.verdict.checks
    ]
    verdict = told.verdict.model_copy(update={"checks": tuple(checks)})
    opened(tab, replace(told, verdict=verdict), tmp_path)
    expect(tab.locator(".verdict")).to_contain_text("failed: ids")
    expect(tab.locator("#validation li")).to_have_count(20)
    expect(tab.get_by_text("and 5 more")).to_be_visible()


def test_each_task_shows_pictures_beside_targets_and_prompts(tab: Page, told: Told, tmp_path: Path) -> None:
    opened(tab, told, tmp_path)
    assert tab.locator("#samples h3").all_inner_texts() == [*TASKS]
    shown = sum(len(rows) for rows in told.samples.values())
    assert shown == 10
    expect(tab.locator("#samples img")).to_have_count(2 * shown)
    expect(tab.locator("#samples .prompt")).to_have_count(shown)
    sizes = tab.locator("#samples img").evaluate_all("images => images.map(image => image.naturalWidth)")
    assert set(sizes) == {96}


def test_costs_are_those_of_the_ledger_and_units_without_entry_are_counted(
    tab: Page, told: Told, tmp_path: Path
) -> None:
    opened(tab, replace(told, prices=Prices(36.0, None)), tmp_path)
    figures = dict(zip(*(tab.locator(f"#cost {tag}").all_inner_texts() for tag in ("dt", "dd")), strict=True))
    assert figures["frames an hour a core"] == "720"
    assert figures["core-seconds a frame"] == "5"
    assert figures["price of the core-hours"] == "0.10"
    assert "price of storage, a month" not in figures
    units = len(told.there.committed)
    expect(tab.get_by_text(f"{units - 1} of {units} committed units have no entry in the ledger")).to_be_visible()


def test_what_was_turned_down_is_told_by_its_reason(tab: Page, told: Told, tmp_path: Path) -> None:
    assert not isinstance(told.stats, str)
    stats = replace(told.stats, rejections=Counter(edges=3, near=1), candidates=8, omitted=Counter(referring=2))
    there = replace(told.there, set_aside=["failures/unit-00000007.json"])
    opened(tab, replace(told, stats=stats, there=there, given_up=GivenUp((failure("a fault"),))), tmp_path)
    rejects = tab.locator("#rejects")
    expect(rejects).to_contain_text("4 of 8 views were rejected")
    words = rejects.locator(".card text").all_text_contents()
    assert words == ["edges", "37.5% (3)", "near", "12.5% (1)", "referring", "100.0% (2)"]
    expect(rejects.locator("tbody td").nth(4)).to_have_text("crashed: a fault")


def test_statistics_that_can_not_be_told_leave_the_rest(tab: Page, told: Told, tmp_path: Path) -> None:
    opened(tab, replace(told, stats="triplets/a.parquet: torn"), tmp_path)
    expect(tab.locator("#statistics .note")).to_have_text("Not told: triplets/a.parquet: torn")
    expect(tab.locator("#validation tbody tr")).to_have_count(len(CHECKS))
    expect(tab.locator("#cost dd").first).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_window_needs_no_scrolling_sideways(tab: Page, told: Told, tmp_path: Path, scheme: str) -> None:
    tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    tab.set_viewport_size({"width": 360, "height": 780})
    opened(tab, replace(told, given_up=GivenUp((failure("w" * 200),))), tmp_path)
    assert tab.evaluate("document.documentElement.scrollWidth") == 360
    small = tab.locator(".plot text").first.evaluate("text => text.getBoundingClientRect().height")
    assert small >= 11
    bar = tab.locator(".plot .bar").first.evaluate("bar => getComputedStyle(bar).fill")
    assert bar == ("rgb(111, 159, 216)" if scheme == "dark" else "rgb(61, 111, 165)")


def test_the_page_runs_no_script_and_asks_for_nothing(tab: Page, told: Told, tmp_path: Path) -> None:
    html = opened(tab, told, tmp_path)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy.startswith("default-src 'none';")
    assert "script-src 'none'" in policy
    assert "<script" not in html
    assert set(re.findall(r'(?:src|href)="([^"#]{0,10})', html)) <= {"", "data:image"}


def test_names_prompts_and_reasons_of_others_are_text(
    tab: Page, told: Told, dataset: Path, shots: list[Shot], tmp_path: Path
) -> None:
    assert not isinstance(told.stats, str)
    stored = open_triplets(dataset).stored(0)
    spent = Spending()
    spent.add(entry("unit-00000000", host=HOSTILE))
    check = told.verdict.checks[0].model_copy(
        update={"verdict": "failed", "faults": (Fault(where=HOSTILE, what=HOSTILE),), "note": HOSTILE}
    )
    hostile = replace(
        told,
        name=HOSTILE,
        verdict=told.verdict.model_copy(update={"checks": (check, *told.verdict.checks[1:])}),
        stats=replace(
            told.stats, recipes=Counter({HOSTILE: 1}), rejections=Counter({HOSTILE: 1}), omitted=Counter({HOSTILE: 1})
        ),
        samples={HOSTILE: hostile_triplets(stored, shots[0][1].gbuffer)},
        spent=spent,
        there=replace(told.there, set_aside=["failures/unit-00000007.json"]),
        given_up=GivenUp((failure(HOSTILE),)),
    )
    html = opened(tab, hostile, tmp_path)
    expect(tab.locator("h1")).to_have_text(f"Report on {HOSTILE}")
    assert tab.locator("img[src='x'], b.hostile").count() == 0
    assert tab.evaluate("window.stolen") is None
    assert html.count("&lt;b class=hostile&gt;") > 10


def test_large_pictures_are_shown_small_and_targets_keep_their_colours(told: Told) -> None:
    row = told.samples["depth"][0]
    rgb = np.random.default_rng(0).integers(0, 256, (600, 400, 3), dtype=np.uint8)
    rgb[:300] = (7, 8, 9)
    large = replace(row, input_image_bytes=encode_png(rgb), target_png=encode_png(rgb))
    html = samples_section({"depth": (large,)})
    picture, target = (b64decode(data) for data in re.findall(r"base64,([^\"]*)", html))
    with Image.open(BytesIO(picture)) as small:
        assert small.size == (128, 192)
    shown = decode_png(target)
    assert shown.shape == (192, 128, 3)
    assert (shown[:96] == (7, 8, 9)).all()
    assert {tuple(color) for color in shown[96:].reshape(-1, 3).tolist()} <= {
        tuple(color) for color in rgb.reshape(-1, 3).tolist()
    }
