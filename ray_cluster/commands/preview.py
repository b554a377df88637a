"""`scenegen preview`: a dataset, or what a preset will make of itself, as a picture and as a page."""
# ruff: noqa: PLC0415 - what is ahead needs the recipes and a renderer, a dataset the base install only

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from assets_catalog.opening import absolute, open_catalog
from ray_cluster.commands.extra import check_extra
from ray_cluster.unit_log import captured
from render_configs.load import preset_names
from scenegen.dataset.chosen_frames import Choice
from scenegen.dataset.output import write_output
from scenegen.dataset.places import Located, located
from scenegen.dataset.preview import contact_sheet
from scenegen.pages.stored import preview_of_dataset
from scenegen.renderers import RENDERERS
from schemas.errors import InputError, did_you_mean
from schemas.run_record import RUN_FILE

_WRITERS: Mapping[str, Callable[[Located, Path, Choice], Path]] = {".png": contact_sheet, ".html": preview_of_dataset}
_FRAMES = 8
_VIEWS = 4
"""Of a scene that is named, before a run."""


@dataclass(frozen=True)
class Asked:
    """What the command line was told."""

    frames: int | None = None
    frame_ids: tuple[str, ...] = ()
    scene_index: int | None = None
    overrides: tuple[str, ...] = ()
    catalog: str | None = None
    """Of a preset; a variable may name it, so a dataset passes it over."""


def run(what: str, outputs: Sequence[Path], asked: Asked) -> Iterator[str]:
    """Yields a line for each file written: those of `outputs`, else one of each kind beside what is shown."""
    for target in outputs:
        if target.suffix.lower() not in _WRITERS:
            raise InputError(f"--output {target}: must end in {' or '.join(_WRITERS)}")
    yield from _ahead(what, outputs, asked) if _is_spec(what) else _stored(what, outputs, asked)


def _is_spec(what: str) -> bool:
    """Tells whether a preset or spec is meant, not a dataset; raises InputError where it can't be told."""
    is_preset, folder = what in preset_names(), Path(what)
    if is_preset and (folder / RUN_FILE).exists():
        raise InputError(
            f"'{what}' is a preset, and a dataset of that name lies here: give ./{what} for the dataset; "
            "for the preset, stand in another folder"
        )
    if is_preset or what.endswith((".yaml", ".yml")):
        return True
    if "/" in what or folder.exists():
        return False
    nearest = did_you_mean(what, preset_names())
    raise InputError(
        f"'{what}' is neither a dataset, for there is no folder of that name, nor a preset{nearest}; "
        f"presets: {', '.join(preset_names())}"
    )


def _stored(what: str, outputs: Sequence[Path], asked: Asked) -> Iterator[str]:
    if asked.overrides:
        raise InputError(f"--set {asked.overrides[0]}: is for a preset or spec, and {what} is a dataset")
    root = located(what)
    choice = Choice(asked.frames or _FRAMES, asked.frame_ids, asked.scene_index)
    stem = root / "preview" if isinstance(root, Path) else Path(f"{root.name}-preview")
    for target in outputs or _usual(stem):
        yield f"wrote {_WRITERS[target.suffix.lower()](root, target, choice)}"


def _ahead(what: str, outputs: Sequence[Path], asked: Asked) -> Iterator[str]:
    if asked.frame_ids:
        raise InputError(
            f"--frame {asked.frame_ids[0]}: is for a dataset, and {what} is none; --scene INDEX shows a scene"
        )
    from ray_cluster.commands.described import spec_of
    from scenegen.pages.ahead import SCENES, ahead_page, ahead_sheet, check_scene, chosen_scenes, scenes_ahead

    short = () if asked.catalog is None else (f"catalog={asked.catalog}",)
    spec = spec_of(what, [*asked.overrides, *short])
    check_extra("preview of a preset", RENDERERS[spec.render.renderer].libraries)
    if asked.scene_index is not None:
        check_scene(spec, asked.scene_index)
        indices, views = [asked.scene_index], asked.frames or _VIEWS
    else:
        indices, views = chosen_scenes(spec, asked.frames or SCENES), 1
    catalog = open_catalog(absolute(spec.catalog)).licensed(spec.licenses)
    name = Path(what).stem
    with _quiet(spec.render.renderer):
        scenes = list(scenes_ahead(spec, catalog, indices, views))
    for target in outputs or _usual(Path(f"{name}-preview")):
        data = ahead_sheet(scenes) if target.suffix.lower() == ".png" else ahead_page(name, spec, scenes).encode()
        write_output(target, data)
        yield f"wrote {target}"


@contextmanager
def _quiet(renderer: str) -> Iterator[None]:
    """Keeps what a renderer's C code prints away from the terminal."""
    if not RENDERERS[renderer].libraries:
        yield
        return
    with TemporaryDirectory(prefix="scenegen-") as folder, captured(Path(folder, "log")):
        yield


def _usual(stem: Path) -> list[Path]:
    """Returns the files for which no name was given."""
    return [stem.with_name(f"{stem.name}{ending}") for ending in _WRITERS]
