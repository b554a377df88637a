"""Ingest: each asset that is found is opened, checked, fitted and measured in a process of its own."""
