"""Benchmarks: what a frame costs beside its path tracing, on this machine. Figures to look at, never a test."""
