"""Conversion of FBX, USD and .blend files to GLB by Blender, in a process of its own with limits.

Where the kernel can't keep a process out of other folders (Landlock), the file is copied to a folder of its own first,
and is converted without the files beside it.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from assets_catalog.ingest.sandbox_landlock import abi
from assets_catalog.sources.folder.conversion import CONVERTED
from scenegen.blender_process import how_it_ended, last_words
from schemas.errors import AssetError, first_line

_MODULE = "scenegen.blender.convert"
_REFUSED = 3
_PATIENCE_S = 60.0
_MOST_SOURCE_BYTES = 512 * 2**20


def convert(source: Path, target: Path, allow_blend: bool = False, patience_s: float = _PATIENCE_S) -> None:
    """Writes `source` as a GLB to `target`: metres, glTF's axes, modifiers applied, textures inside.

    Nothing but the source's folder is read, and no script of a .blend file runs. Raises AssetError, one line, where the
    file can't be read, is too large or takes too long.
    """
    _check(source, allow_blend)
    try:
        with TemporaryDirectory(prefix="scenegen-convert-") as folder:
            made = Path(folder) / "converted" / "converted.glb"
            made.parent.mkdir()
            _run(_alone(source, Path(folder)), made, allow_blend, patience_s)
            _check_made(made, source)
            shutil.copyfile(made, target)
    except OSError as error:
        raise AssetError(f"{source.name}: {error.strerror or first_line(error)}") from error


def _check(source: Path, allow_blend: bool) -> None:
    ending = source.suffix.lower()
    if ending not in CONVERTED:
        raise AssetError(f"{source.name}: can't be converted; must end in {', '.join(sorted(CONVERTED))}")
    if ending == ".blend" and not allow_blend:
        raise AssetError(f"{source.name}: .blend files may hold programs, and are refused unless they are allowed")
    if not source.is_file():
        raise AssetError(f"{source.name}: no such file")
    if source.stat().st_size > _MOST_SOURCE_BYTES:
        raise AssetError(f"{source.name}: {source.stat().st_size} bytes, at most {_MOST_SOURCE_BYTES} are read")


def _check_made(made: Path, source: Path) -> None:
    if made.is_symlink() or not made.is_file():
        raise AssetError(f"{source.name}: Blender wrote no GLB")
    with made.open("rb") as glb:
        if glb.read(4) != b"glTF":
            raise AssetError(f"{source.name}: what Blender wrote is no GLB")


def _alone(source: Path, folder: Path) -> Path:
    """Returns the source, or where nothing else keeps a process out of other places a copy of it by itself."""
    if abi():
        return source.absolute()
    (folder / "alone").mkdir()
    return Path(shutil.copyfile(source, folder / "alone" / f"source{source.suffix}"))


def _run(source: Path, made: Path, allow_blend: bool, patience_s: float) -> None:
    command = [sys.executable, "-P", "-m", _MODULE, str(source), str(made), *["--allow-blend"] * allow_blend]
    log = made.parent.parent / "blender.log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            command,
            cwd=made.parent,
            env=_environment(made.parent),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        try:
            process.wait(patience_s)
        except subprocess.TimeoutExpired as error:
            raise AssetError(f"{source.name}: Blender took longer than {patience_s:g} s") from error
        finally:
            process.kill()
            process.wait()
    if process.returncode:
        refused = process.returncode == _REFUSED
        raise AssetError(f"{source.name}: {last_words(log) if refused else how_it_ended(process.returncode, log)}")


def _environment(folder: Path) -> dict[str, str]:
    """Returns an environment that knows no proxy, no home and no settings of the user."""
    code = Path(__file__).resolve().parents[1]
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
    places = dict.fromkeys(("HOME", "TMPDIR", "BLENDER_USER_RESOURCES", "XDG_CACHE_HOME"), str(folder))
    return {**kept, **places, "PYTHONPATH": str(code), "PYTHONDONTWRITEBYTECODE": "1"}
