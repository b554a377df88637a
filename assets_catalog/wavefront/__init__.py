"""Wavefront files, OBJ and MTL, as arrays and values: polygons cut into triangles, normals mended, no more."""
