"""Frames and triplets on disk: packed, read again, validated, shown. Runs without bpy and Ray."""
