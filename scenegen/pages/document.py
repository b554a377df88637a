"""The frame of every page: one HTML file that opens from disk, forbids itself any network, and runs no code but ours.

Its Content-Security-Policy allows pictures as data, and scripts and style by their hashes alone: whatever text of
others a page shows, it can't run. Text is escaped where it enters; data for scripts stand in blocks that never run.
"""

import json
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from html import escape
from importlib import resources


def document(title: str, body: str, style: str, scripts: Sequence[str] = ()) -> str:
    """Returns a page's HTML. `title` is text, `body` HTML; `scripts` run in their order, at the end of the page."""
    sources = " ".join(map(_allowed, scripts)) or "'none'"
    policy = f"default-src 'none'; style-src {_allowed(style)}; img-src data:; script-src {sources}"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}; base-uri 'none'; form-action 'none'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(shown_text(title))}</title><style>{style}</style></head>\n<body>{body}\n"
        f"{''.join(f'<script>{script}</script>' for script in scripts)}</body></html>\n"
    )


def asset(name: str) -> str:
    """Returns a style or a script of this package, such as 'assets/page.css'."""
    return resources.files("scenegen.pages").joinpath(name).read_text("utf-8")


def data_block(name: str, value: object) -> str:
    """Returns HTML that holds a value as JSON, for a script that looks for the class `name`; it is never run itself."""
    text = json.dumps(value, separators=(",", ":"), allow_nan=False).replace("<", r"\u003c")
    return f'<script type="application/json" class="{escape(name)}">{text}</script>'


def picture_url(image: bytes) -> str:
    """Returns a PNG or JPEG as a URL that holds it."""
    kind = "jpeg" if image.startswith(b"\xff\xd8") else "png"
    return f"data:image/{kind};base64,{b64encode(image).decode()}"


def shown_text(text: str) -> str:
    """Returns a text of others as it may be written to a file: with marks for what is no UTF-8."""
    return text.encode("utf-8", "replace").decode()


def swatch(rgb: Sequence[int]) -> str:
    """Returns a square of a colour; as SVG, for the page's policy allows no style in its elements."""
    color = "#{:02x}{:02x}{:02x}".format(*rgb)
    return f'<svg class="swatch" viewBox="0 0 1 1" aria-hidden="true"><rect width="1" height="1" fill="{color}"/></svg>'


def _allowed(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
