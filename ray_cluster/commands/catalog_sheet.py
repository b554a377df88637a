"""`scenegen catalog sheet`: a contact sheet by class."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from assets_catalog.index import Records
from assets_catalog.opening import open_catalog
from assets_catalog.record import AnyRecord
from assets_catalog.sheet import catalog_sheet
from ray_cluster.bars import bars
from ray_cluster.commands.catalog_list import Filters, filtered
from ray_cluster.commands.extra import check_extra
from ray_cluster.pictures import pictures
from ray_cluster.telling import plain, tell
from scenegen.dataset.output import write_output


def run(
    location: str, class_names: Sequence[str], output: Path | None, columns: int, most: int | None
) -> Iterator[str]:
    """Draws the sheet, with a bar on stderr while pictures are rendered; yields a line for each file written."""
    catalog = open_catalog(location)
    check_extra("catalog sheet", ("bpy",))
    rows = filtered(catalog, Filters(class_names=class_names))
    records = _first_of_each(list(Records(rows).values()), most)
    with bars() as shown:
        drawn = list(shown.track(pictures(location, catalog, records), total=len(records), description="pictures"))
    for picture in drawn:
        if picture.reason:
            tell(f"no picture of {picture.record.asset_id}: {picture.reason}")
    target = output or Path(f"{catalog.name}.png")
    for path in catalog_sheet([(picture.record, picture.png) for picture in drawn], target, write_output, columns):
        yield plain(f"wrote {path}")


def _first_of_each(records: Sequence[AnyRecord], most: int | None) -> list[AnyRecord]:
    """Returns up to `most` records of each class."""
    if most is None:
        return list(records)
    seen: Counter[str] = Counter()
    first = []
    for record in records:
        name = getattr(record, "class_name", record.kind)
        seen[name] += 1
        if seen[name] <= most:
            first.append(record)
    return first
