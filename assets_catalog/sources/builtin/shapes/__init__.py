"""Procedural furniture: each shape is one function of a generator of random numbers."""
