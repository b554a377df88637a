"""How a run is described: presets, loading, overrides, and what is said of a faulty one."""
