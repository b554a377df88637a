"""The page of statistics: one well-formed file that asks nothing of a network, in which names are only names."""

from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from scenegen.dataset.stats.distributions import Distributions, distributions
from scenegen.dataset.stats.samples import Sample
from scenegen.pages.plots import lying_bars, sphere_map, upright_bars
from scenegen.pages.stats_page import PICTURES, stats_page

HOSTILE = "<script>alert(1)</script>\"'><img src=http://x/y>&"
_VOID = {"meta", "img"}


class Page(HTMLParser):
    """What a browser would see; a tag that closes another than the last is a fault."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.fixture
def found(dataset: Path) -> Distributions:
    return distributions(dataset, samples=PICTURES)


def test_a_page_is_whole_and_shows_what_was_measured(found: Distributions) -> None:
    page = Page(stats_page(found, "Stats of out"))
    assert not page.open
    assert page.tags["svg"] == 16
    assert page.tags["img"] == found.frames == 4
    told = " ".join(page.texts)
    for words in (
        "Stats of out",
        f"4 frames, {len(found.class_frames)} classes in sight",
        "Depth of the surface",
        "Near-duplicates",
    ):
        assert words in told


def test_a_page_needs_nothing_from_elsewhere(found: Distributions) -> None:
    page = Page(stats_page(found, "Stats"))
    assert not {"script", "link", "iframe", "object", "base"} & page.tags.keys()
    sources = [value for name, value in page.attributes if name in {"src", "href", "action", "srcset"}]
    assert sources
    assert all(value.startswith("data:image/jpeg;base64,/9j/") for value in sources)
    policies = [value for name, value in page.attributes if name == "content"]
    assert policies[0].startswith("default-src 'none'")


def test_names_of_others_are_text(found: Distributions) -> None:
    """Names of classes, recipes and frames come from files of others."""
    plain = Page(stats_page(found, "Stats"))
    found.recipes[HOSTILE] = 1
    found.class_frames[HOSTILE] = 1
    found.rejections[HOSTILE] = 1
    found.flaws[HOSTILE] = 1
    found.near_duplicates = ((HOSTILE, HOSTILE),)
    found.samples.chosen[0] = Sample(HOSTILE, found.samples.chosen[0].jpeg, 20, 10)
    page = Page(stats_page(found, HOSTILE))
    assert not page.open
    assert "script" not in page.tags
    assert page.tags["img"] == plain.tags["img"]
    assert sum(HOSTILE in text for text in page.texts) >= 6


def test_without_frames_the_page_says_what_is_missing() -> None:
    page = stats_page(Distributions(frames=3, recipes=Counter(room=3), candidates=3), "Stats")
    assert "of 3 frames only cameras and recipes are told" in page
    assert "Depth" not in page
    assert not Page(page).open
    assert not Page(stats_page(Distributions(), "Nothing")).open


def test_many_pairs_are_cut_and_counted(found: Distributions) -> None:
    found.near_duplicates = tuple((f"a{number}", f"b{number}") for number in range(250))
    page = stats_page(found, "Stats")
    assert page.count("<li>") == 100
    assert "and 150 more" in page
    assert "250 pairs" in page


def test_a_bar_is_as_high_as_its_share_of_the_highest() -> None:
    boxes = [dict(part) for part in _boxes(upright_bars([0.25, 0.5, 0.0], {0.0: "0", 3.0: "3"}, ["a", "b", "c"]))]
    heights = [float(box["height"]) for box in boxes]
    assert heights[1] == 2 * heights[0] > heights[2] == 0
    feet = {round(float(box["y"]) + float(box["height"]), 2) for box in boxes}
    assert len(feet) == 1


def test_lying_bars_and_the_sphere_are_drawn_to_scale() -> None:
    first, second = _boxes(lying_bars({"a": 0.2, "b": 0.1}, ["20%", "10%"]))
    assert float(dict(first)["width"]) == pytest.approx(2 * float(dict(second)["width"]), abs=0.02)
    cells = np.zeros((25, 25), np.int64)
    cells[0, 12] = 3
    (cell,) = _boxes(sphere_map(cells))
    assert (float(dict(cell)["y"]), float(dict(cell)["width"])) == (0.0, 10.0)
    assert not _boxes(sphere_map(np.zeros((25, 25), np.int64)))


def _boxes(drawing: str) -> list[list[tuple[str, str]]]:
    boxes: list[list[tuple[str, str]]] = []

    class Boxes(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "rect":
                boxes.append([(name, value or "") for name, value in attrs])

    Boxes().feed(drawing)
    return boxes
