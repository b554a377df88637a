"""Commands that tell what is there: figures of a dataset, a scene of it, the schema of a spec."""
# ruff: noqa: PLC0415 - `scenegen --help` is quick and needs the base install only

import json
from pathlib import Path
from typing import Annotated

import typer

from ray_cluster.operation_cli import Out
from ray_cluster.run_options import CATALOG_VARIABLE
from ray_cluster.telling import told
from scenegen.dataset.places import located

inspecting_app = typer.Typer()

Catalog = Annotated[
    str, typer.Option(metavar="DIR", envvar=CATALOG_VARIABLE, help="The catalog of the run: a folder, URL or builtin.")
]


@inspecting_app.command()
def stats(
    out: Out,
    by: Annotated[str, typer.Option(metavar="WHAT", help="class, asset, license, split or creator.")] = "class",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    html: Annotated[Path | None, typer.Option(metavar="FILE.html", help="Write a page with plots.")] = None,
) -> None:
    """Count what the frames show, by class or asset, and measure distances, cameras, light, colours and likeness."""
    with told():
        from ray_cluster.commands.stats import run

        run(located(out), by, as_json, html)


@inspecting_app.command()
def export_scene(
    out: Out,
    target: Annotated[Path, typer.Argument(metavar="FILE.glb", help="glTF to write; FILE.json comes beside it.")],
    scene: Annotated[int, typer.Option(min=0, help="Index of the scene.", show_default=False)],
    catalog: Catalog = "builtin",
) -> None:
    """Write a scene as glTF, one node for each instance, with its cameras beside it."""
    with told():
        from ray_cluster.commands.export_scene import run

        for path in run(located(out), scene, catalog, target):
            typer.echo(f"wrote {path}")


@inspecting_app.command()
def schema() -> None:
    """Print the JSON Schema of a run spec."""
    from render_configs.load import spec_schema

    typer.echo(json.dumps(spec_schema(), indent=2))
