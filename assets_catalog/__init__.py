"""What may be placed: records, meshes, classes, licences, and one file for each source of assets."""
