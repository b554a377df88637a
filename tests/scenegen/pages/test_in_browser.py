"""The page in a real browser: it opens from disk without a network, and says what the dataset says."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from scenegen.dataset.reader import open_triplets
from scenegen.dataset.rows import DecodedTriplet
from scenegen.dataset.validate import validate
from scenegen.encoders import decode
from scenegen.encoders.depth import PowerCurve
from scenegen.encoders.hilbert import LAST_LEVEL
from scenegen.pages.preview_page import preview_page
from scenegen.pages.shown_frame import ShownFrame, Truth
from schemas.frame import GBuffer, Shot
from schemas.triplet import Triplet
from tests.scenegen.pages.hostile import HOSTILE, hostile_triplets

WIDTH_PX, HEIGHT_PX = 96, 64


def first_frame(dataset: Path) -> list[DecodedTriplet]:
    """Returns the rows of the first frame on the page."""
    rows = list(open_triplets(dataset))
    return [row for row in rows if row.frame_id == rows[0].frame_id]


def point_at(view: Locator, x: int, y: int) -> None:
    """Moves the mouse to the middle of a pixel."""
    view.scroll_into_view_if_needed()
    box = view.bounding_box()
    assert box is not None
    left_px, top_px = (x + 0.5) * box["width"] / WIDTH_PX, (y + 0.5) * box["height"] / HEIGHT_PX
    view.page.mouse.move(box["x"] + left_px, box["y"] + top_px)


def said(tab: Page, row: int) -> list[str]:
    """Returns what is written below a target of the first frame: decoded, truth."""
    return tab.locator("section.frame").first.locator(".stage").nth(row + 1).locator("dd").all_inner_texts()


def spoken(z_depth_m: float) -> str:
    """Returns a depth as the page writes it: four digits."""
    return f"{float(f'{z_depth_m:.4g}'):.{max(0, 3 - int(np.floor(np.log10(z_depth_m))))}f} m"


def open_first(tab: Page, page: Path) -> Locator:
    """Opens a page and waits until pixels are told of; returns the first view."""
    tab.goto(page.as_uri())
    view = tab.locator("section.frame").first.locator(".view").first
    point_at(view, 1, 1)
    expect(view.locator(".cross")).to_be_attached()
    return view


@pytest.mark.parametrize(("x", "y"), [(48, 40), (3, 60), (90, 33)])
def test_pointing_at_a_pixel_tells_its_depth_and_normal_decoded_and_true(
    tab: Page, written: Path, dataset: Path, shots: list[Shot], x: int, y: int
) -> None:
    rows, gbuffer = first_frame(dataset), shots[0][1].gbuffer
    point_at(open_first(tab, written), x, y)
    expect(tab.locator("dd").first).to_have_text(f"{x} across, {y} down")
    for number, row in enumerate(rows):
        value = decode(row.target_rgb, row.prompt)[y, x]
        if row.task == "depth":
            assert said(tab, number) == [spoken(float(value)), spoken(float(gbuffer.z_depth_m[y, x]))]
        if row.task == "normals":
            told = [np.fromstring(text.strip("()"), sep=",") for text in said(tab, number)]
            np.testing.assert_allclose(told, [value, gbuffer.normal_cam[y, x]], atol=6e-4)


def test_every_pixel_of_the_page_is_decoded_as_python_decodes_it(tab: Page, written: Path, dataset: Path) -> None:
    open_first(tab, written)
    for number, row in enumerate(first_frame(dataset)):
        values = tab.evaluate(
            """async (number) => {
                const frame = await readingsOf(document.querySelector("section.frame"));
                return Array.from({ length: frame.width * frame.height }, (_, at) => frame.targets[number].value(at));
            }""",
            number,
        )
        there = np.array([np.inf if value is None else value for value in values])
        true = decode(row.target_rgb, row.prompt).astype(np.float64)
        np.testing.assert_allclose(there.reshape(true.shape), true, rtol=1e-6, atol=5e-5, err_msg=row.task)


def test_the_truth_of_every_pixel_is_that_of_the_stored_frame(tab: Page, written: Path, shots: list[Shot]) -> None:
    open_first(tab, written)
    true: GBuffer = shots[0][1].gbuffer
    told = tab.evaluate(
        """async () => {
            const { truth, width, height } = await readingsOf(document.querySelector("section.frame"));
            const all = (tell) => Array.from({ length: width * height }, (_, at) => tell(at));
            return [all(truth.depth), all(truth.normal), all(truth.instance)];
        }"""
    )
    z_depth_m = np.array([np.inf if value is None else value for value in told[0]]).reshape(true.z_depth_m.shape)
    np.testing.assert_allclose(z_depth_m, true.z_depth_m, rtol=1e-4)
    np.testing.assert_allclose(np.reshape(told[1], true.normal_cam.shape), true.normal_cam, atol=1e-4)
    np.testing.assert_array_equal(np.reshape(told[2], true.instance_id.shape), true.instance_id)


def test_the_worst_depth_of_the_page_is_the_one_that_validate_tells(tab: Page, written: Path, dataset: Path) -> None:
    """From what the page says at each pixel, decoded and true, of all frames; in units of the encoding's bound."""
    report = validate(dataset)
    open_first(tab, written)
    sections = tab.locator("section.frame")
    assert sections.count() == report.frames == report.planned_frames
    assert tab.locator(".stage[data-kind=target]").count() == report.triplets
    told = tab.evaluate(
        """async () => {
            const frames = await Promise.all([...document.querySelectorAll("section.frame")].map(readingsOf));
            const all = (frame, tell) => Array.from({ length: frame.width * frame.height }, (_, at) => tell(at));
            return frames.map((frame) => {
                const target = frame.targets.find((each) => each.task === "depth");
                return [all(frame, target.value), all(frame, frame.truth.depth)];
            });
        }"""
    )
    z_depth_m = np.array([[np.inf if value is None else value for value in plane] for pair in told for plane in pair])
    levels = LAST_LEVEL * PowerCurve().position(z_depth_m.astype(np.float32))
    worst = 2 * np.abs(levels[::2] - levels[1::2]).max()  # the bound is half a level
    assert 0.9 < worst == pytest.approx(report.check("targets").figures["depth"], abs=0.02)


def test_what_a_target_asks_for_is_told_by_its_label_beside_the_object(
    tab: Page, written: Path, dataset: Path, shots: list[Shot]
) -> None:
    rows, (plan, frame) = first_frame(dataset), shots[0]
    labels = {planned.instance_id: planned.label for planned in plan.objects}
    number, row = next((number, row) for number, row in enumerate(rows) if row.task == "semantic")
    entry = max(row.legend, key=lambda entry: entry.pixels)
    y, x = np.argwhere(np.isin(frame.gbuffer.instance_id, entry.instance_ids))[0].tolist()
    point_at(open_first(tab, written), x, y)
    expect(tab.locator("dd").first).to_have_text(f"{x} across, {y} down")
    decoded, truth = said(tab, number)
    assert decoded == entry.label
    assert truth.startswith(f"{entry.label} (")
    assert labels[int(frame.gbuffer.instance_id[y, x])] in truth


def test_arrow_keys_move_the_pixel_that_is_read(tab: Page, written: Path) -> None:
    view = open_first(tab, written)
    point_at(view, 48, 40)
    expect(tab.locator("dd").first).to_have_text("48 across, 40 down")
    view.focus()
    view.press("ArrowRight")
    view.press("Shift+ArrowUp")
    expect(tab.locator("dd").first).to_have_text("49 across, 30 down")


def test_the_slider_moves_the_edge_between_picture_and_target(tab: Page, written: Path) -> None:
    open_first(tab, written)
    stage = tab.locator(".stage[data-kind=target]").first
    view, slider = stage.locator(".view"), stage.locator(".slider")
    pictures = []
    for share in ("0", "100"):
        slider.fill(share)
        pictures.append(view.screenshot())
    shown, target = (np.array(Image.open(BytesIO(png)).convert("RGB")) for png in pictures)
    assert np.abs(shown.astype(int) - target).mean() > 20
    slider.fill("50")
    box = view.bounding_box()
    assert box is not None
    tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + 9)
    tab.mouse.down()
    tab.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + 9)
    tab.mouse.up()
    assert float(slider.input_value()) == pytest.approx(80, abs=2)
    edge = stage.locator(".edge").bounding_box()
    assert edge is not None
    assert edge["x"] == pytest.approx(box["x"] + box["width"] * 0.8, abs=3)


def test_points_are_drawn_decoded_and_true(tab: Page, written: Path) -> None:
    open_first(tab, written)
    canvas = tab.locator(".cloud-view canvas")
    expect(canvas).to_have_count(1)
    picture = np.array(Image.open(BytesIO(canvas.screenshot())).convert("RGB")).astype(int)
    paper = picture[-2, 2]
    drawn = (np.abs(picture - paper) > 12).any(axis=-1)
    middle = drawn.shape[1] // 2
    assert min(drawn[:, :middle].mean(), drawn[:, middle:].mean()) > 0.02
    assert len(np.unique(picture[drawn], axis=0)) > 50
    tab.get_by_role("button", name="from above").first.click()
    turned = np.array(Image.open(BytesIO(canvas.screenshot())).convert("RGB")).astype(int)
    assert (np.abs(turned - picture) > 12).any(axis=-1).mean() > 0.02


def test_another_frames_points_take_the_place_of_the_first_ones(tab: Page, written: Path) -> None:
    open_first(tab, written)
    clouds = tab.locator("details.cloud")
    clouds.nth(1).locator("summary").click()
    expect(clouds.nth(1).locator("canvas")).to_have_count(1)
    expect(clouds.nth(0)).not_to_have_attribute("open", "")
    expect(tab.locator("canvas")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_window_needs_no_scrolling_sideways(tab: Page, written: Path, scheme: str) -> None:
    tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    tab.set_viewport_size({"width": 360, "height": 780})
    open_first(tab, written)
    assert tab.evaluate("document.documentElement.scrollWidth") == 360
    dark = tab.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    assert dark == (scheme == "dark")


def test_nothing_moves_when_a_pixel_is_read(tab: Page, written: Path) -> None:
    tab.goto(written.as_uri())
    height = tab.evaluate("document.documentElement.scrollHeight")
    point_at(tab.locator(".view").first, 40, 40)
    expect(tab.locator(".view .cross").first).to_be_attached()
    assert tab.evaluate("document.documentElement.scrollHeight") == height


def test_names_prompts_and_classes_of_others_are_text(
    tab: Page, shots: list[Shot], dataset: Path, tmp_path: Path
) -> None:
    stored: list[Triplet] = [open_triplets(dataset).stored(0)]
    gbuffer = shots[0][1].gbuffer
    names = {int(number): (HOSTILE, HOSTILE) for number in np.unique(gbuffer.instance_id) if number}
    frame = ShownFrame(hostile_triplets(stored[0], gbuffer), Truth(gbuffer, names))
    page = tmp_path / "page.html"
    page.write_text(preview_page(HOSTILE, [HOSTILE], [frame], 1))
    view = open_first(tab, page)
    y, x = np.argwhere(gbuffer.instance_id)[0].tolist()
    point_at(view, x, y)
    expect(tab.locator("dd").nth(1)).to_contain_text(HOSTILE)
    expect(tab.locator("h1")).to_have_text(HOSTILE)
    assert HOSTILE in tab.locator(".prompt").first.inner_text()
    assert tab.locator("img[src='x'], b.hostile").count() == 0
    assert tab.evaluate("window.stolen") is None


def test_the_policy_stops_a_script_that_got_into_the_page_all_the_same(
    browser: Browser, written: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text(written.read_text().replace("<main", "<script>window.planted = 1</script><main", 1))
    tab = browser.new_page()
    refused = []
    tab.on("console", lambda message: refused.append(message.text))
    tab.goto(page.as_uri())
    expect(tab.locator("canvas")).to_have_count(1)
    assert tab.evaluate("window.planted") is None
    assert "Content Security Policy" in refused[0]
    tab.close()


def test_a_dataset_without_frames_says_that_the_truth_is_not_kept(tab: Page, dataset: Path, tmp_path: Path) -> None:
    triplets = open_triplets(dataset)
    frame = ShownFrame((triplets.stored(0), triplets.stored(1)))
    page = tmp_path / "page.html"
    page.write_text(preview_page("yards", [], [frame], 1))
    open_first(tab, page)
    expect(tab.locator(".note")).to_contain_text("not kept")
    assert said(tab, 0)[1] == "not kept"
    expect(tab.locator(".cloud-labels span")).to_have_count(1)
