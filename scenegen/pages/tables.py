"""A table for a page: in a narrow window each row becomes a small list, in which every figure says what it is."""

from collections.abc import Mapping, Sequence
from html import escape


def table_html(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    figures: Sequence[str] = (),
    looks: Mapping[str, str] | None = None,
) -> str:
    """Returns rows of text below their heads; columns named in `figures` stand to the right.

    `looks`: what a cell says, to the word -> the class in which the page's style knows it.
    """
    head = "".join(f"<th{_class('figure' if name in figures else '')}>{escape(name)}</th>" for name in heads)
    body = "".join(_row(heads, row, figures, looks or {}) for row in rows)
    return f'<table class="told"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _row(heads: Sequence[str], row: Sequence[str], figures: Sequence[str], looks: Mapping[str, str]) -> str:
    cells = "".join(
        f'<td{_class("figure" if head in figures else looks.get(cell, ""))} data-head="{escape(head)}">'
        f"{escape(cell)}</td>"
        for head, cell in zip(heads, row, strict=True)
    )
    return f"<tr>{cells}</tr>"


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""
