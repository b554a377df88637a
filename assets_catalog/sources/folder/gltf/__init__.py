"""glTF 2.0 files of any program, GLB or JSON with files beside it: every count and offset is checked before it is used.

Why no library: what is checked and what is read must be the same bytes, read the same way; trimesh re-encodes
textures, skips skins, and takes memory for what a file claims. `assets_catalog.glb` reads our own files, and only them.
"""
