"""A catalog on disk or in a bucket: one index, files named by their content, thumbnails, and what was set aside.

    index.parquet            a row for each asset, sorted by id; published last, at once
    objects/<sha256>.<end>   models (.glb), pictures of textures (.png, .jpg), environments (.exr)
    thumbnails/<sha256>.png  of the entry with that sha256, where one was rendered
    set_aside.parquet        what did not pass, and why
    catalog.lock             ids and hashes, for people and their tools

An asset's files are there before the index names it, so whoever opens the catalog at any moment finds it whole.
What changes a catalog (`add`, `remove`, `check`) stands in modules of its own: a run needs none of their libraries.
"""

from assets_catalog.folder.open import open_folder

__all__ = ["open_folder"]
