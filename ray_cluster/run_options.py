"""Options of several commands: which run is meant, where its workers are, what they cost, where its events go."""

from collections.abc import Sequence
from typing import Annotated

import typer

CATALOG_VARIABLE = "SCENEGEN_CATALOG"
Preset = Annotated[str, typer.Argument(metavar="PRESET", help="A preset, or the path of a .yaml file.")]
Overrides = Annotated[
    list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Change a key: --set render.samples=32.")
]
RunCatalog = Annotated[
    str | None,
    typer.Option(metavar="DIR", envvar=CATALOG_VARIABLE, help="Short for --set catalog=DIR: folder, URL or builtin."),
]
Licenses = Annotated[
    str | None, typer.Option(metavar="IDS", help="Use assets under these only: --licenses CC0-1.0,CC-BY-3.0.")
]
Renderer = Annotated[
    str | None, typer.Option(metavar="NAME", help="Short for --set render.renderer=NAME: cycles or analytic.")
]
Address = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Join a Ray cluster, from one of its nodes: auto, or HOST:PORT.")
]
PriceCoreHour = Annotated[
    float | None, typer.Option(min=0, metavar="MONEY", help="Of a core, or a GPU.", show_default=False)
]
PriceGbMonth = Annotated[
    float | None, typer.Option(min=0, metavar="MONEY", help="Of 10^9 bytes stored.", show_default=False)
]
LogJson = Annotated[
    str | None, typer.Option(metavar="FILE", help="Add a line of JSON for each event to a file, or to stdout (-).")
]


def changes_of(
    overrides: Sequence[str] | None, catalog: str | None, licenses: str | None, renderer: str | None
) -> list[str]:
    """Returns the changes of a preset that the options ask for, as `--set` takes them."""
    short = {"catalog": catalog, "render.renderer": renderer, "licenses": licenses and f"[{licenses}]"}
    return [*(overrides or ()), *(f"{key}={name}" for key, name in short.items() if name is not None)]
