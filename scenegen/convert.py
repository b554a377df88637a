"""Conversion of FBX, USD and .blend files to GLB by Blender, in a process of its own with limits."""

from pathlib import Path

ENDINGS = (".fbx", ".usd", ".usda", ".usdc", ".usdz", ".blend")


def convert(source: Path, target: Path, allow_blend: bool = False) -> None:
    """Writes `source` as a GLB to `target`: metres, glTF's axes, modifiers applied, textures inside.

    Nothing but the source's folder is read, and no script of a .blend file runs. Raises AssetError, one line, where the
    file can't be read, is too large or takes too long.
    """
    raise NotImplementedError
