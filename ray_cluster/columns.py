"""Columns of text, as wide as what stands in them: they are never cut, so that what is printed can be searched."""

from collections.abc import Iterator, Sequence

from ray_cluster.telling import plain


def column_lines(heads: Sequence[str], rows: Sequence[Sequence[str]], figures: Sequence[str] = ()) -> Iterator[str]:
    """Yields a line for the heads and one for each row; the columns whose heads are in `figures` stand to the right."""
    lines = [[plain(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = zip(line, widths, heads, strict=True)
        yield "  ".join(
            cell.rjust(width) if head in figures else cell.ljust(width) for cell, width, head in cells
        ).rstrip()
