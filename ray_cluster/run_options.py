"""Options that say which run: of `generate`, which makes it, and of `estimate`, which tells what it takes."""

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


def changes_of(
    overrides: Sequence[str] | None, catalog: str | None, licenses: str | None, renderer: str | None
) -> list[str]:
    """Returns the changes of a preset that the options ask for, as `--set` takes them."""
    short = {"catalog": catalog, "render.renderer": renderer, "licenses": licenses and f"[{licenses}]"}
    return [*(overrides or ()), *(f"{key}={name}" for key, name in short.items() if name is not None)]
