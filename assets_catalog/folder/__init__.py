"""A catalog on disk or in a bucket: one index, files named by their content, thumbnails, and what was set aside.

    index.parquet            a row for each asset, sorted by id; published last, at once
    objects/<sha256>.<end>   models (.glb), pictures of textures (.png, .jpg), environments (.exr)
    thumbnails/<sha256>.png  of the entry with that sha256, where one was rendered
    set_aside.parquet        what did not pass, and why
    catalog.lock             ids and hashes, for people and their tools

An asset's files are there before the index names it, so whoever opens the catalog at any moment finds it whole.
"""

from assets_catalog.folder.add import Added, add
from assets_catalog.folder.check import Fault, check
from assets_catalog.folder.open import open_folder
from assets_catalog.folder.remove import remove

__all__ = ["Added", "Fault", "add", "check", "open_folder", "remove"]
