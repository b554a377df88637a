"""One frame on a page: its picture, each target over the picture with a slider between them, and its points in 3D.

What is read at a pixel is written by `assets/frame.js`, the points are drawn by `assets/cloud.js`. Without scripts the
picture, the targets and the prompts are there to look at.
"""

from collections.abc import Iterator
from html import escape
from math import atan, degrees

from scenegen.pages.document import data_block, picture_url
from scenegen.pages.frame_data import frame_data
from scenegen.pages.prompt_text import prompt_html
from scenegen.pages.shown_frame import ShownFrame
from schemas.triplet import Triplet


def frame_section(frame: ShownFrame, is_first: bool = True) -> str:
    """Returns the HTML of a frame; the first one's points are drawn at once, others' when they are asked for.

    Raises DatasetError where one of its targets can't be read.
    """
    row = frame.of_all
    parts = [_picture(row, frame.truth is not None), *_targets(frame)]
    return (
        f'<section class="frame" aria-label="{escape(row.frame_id)}"><h2>{escape(row.frame_id)}</h2>'
        f'<p class="quiet">{escape(_told(row))}</p><div class="stages">{"".join(parts)}</div>{_points(frame, is_first)}'
        f"{data_block('frame-data', frame_data(frame))}</section>"
    )


def _told(row: Triplet) -> str:
    fov_deg = 2 * degrees(atan(row.width_px / 2 / row.intrinsics[0]))
    return f"{row.width_px} × {row.height_px} px · {fov_deg:.0f}° wide · {row.recipe} · {row.split}"


def _picture(row: Triplet, has_truth: bool) -> str:
    told = ("at pixel", *(("shows",) if has_truth else ()))
    return (
        '<figure class="stage" data-kind="picture"><figcaption>picture</figcaption>'
        f'<div class="view" tabindex="0" role="group" aria-label="picture; arrow keys move the pixel that is read">'
        f'<img class="picture" alt="picture of {escape(row.frame_id)}" {_size(row)} '
        f'src="{picture_url(row.input_image_bytes)}"></div>{_reading(told)}</figure>'
    )


def _targets(frame: ShownFrame) -> Iterator[str]:
    told = ("decoded", "truth")
    for number, row in enumerate(frame.targets):
        name = _name(frame, row)
        yield (
            f'<figure class="stage" data-kind="target" data-number="{number}"><figcaption>{escape(name)}</figcaption>'
            f'<div class="view" tabindex="0" role="group" '
            f'aria-label="{escape(name)} target over the picture; arrow keys move the pixel that is read">'
            f'<img class="picture" alt="" {_size(row)}>'
            f'<img class="target" alt="{escape(name)} target" {_size(row)} src="{picture_url(row.target_png)}">'
            '<div class="edge"></div></div>'
            f'<input class="slider" type="range" min="0" max="100" value="15" step="0.5" '
            f'aria-label="{escape(name)}: share of the picture before the target, percent">'
            f"{_reading(told)}{prompt_html(row)}</figure>"
        )


def _name(frame: ShownFrame, row: Triplet) -> str:
    """Returns the task of a target, numbered where a frame is asked more than once."""
    same = [each for each in frame.targets if each.task == row.task]
    return row.task if len(same) == 1 else f"{row.task}, {1 + same.index(row)} of {len(same)}"


def _reading(names: tuple[str, ...]) -> str:
    rows = "".join(f"<dt>{name}</dt><dd>–</dd>" for name in names)
    return f'<dl class="reading">{rows}</dl>'


def _points(frame: ShownFrame, is_open: bool) -> str:
    """Returns where the points of a frame are drawn; nothing where depth is neither a target nor known."""
    kinds = []
    if any(row.task == "depth" for row in frame.targets):
        kinds.append("decoded from the depth target")
    if frame.truth is not None:
        kinds.append("true")
    if not kinds:
        return ""
    labels = "".join(f"<span>{kind}</span>" for kind in kinds)
    buttons = "".join(
        f'<button type="button" data-from="{side}">{words}</button>'
        for side, words in (("camera", "as the camera sees it"), ("above", "from above"), ("side", "from the side"))
    )
    return (
        f'<details class="cloud"{" open" if is_open else ""}><summary>points in 3D</summary>'
        f'<div class="cloud-bar">{buttons}'
        '<span class="quiet">drag or arrow keys turn, wheel or + and - zoom</span></div>'
        f'<div class="cloud-view" data-clouds="{len(kinds)}" tabindex="0" role="img" '
        f'aria-label="points of the frame in 3D: {" and ".join(kinds)}; the pyramid is the camera">'
        f'<div class="cloud-labels">{labels}</div></div></details>'
    )


def _size(row: Triplet) -> str:
    return f'width="{row.width_px}" height="{row.height_px}"'
