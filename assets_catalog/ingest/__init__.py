"""Ingest: what is found becomes what may be relied on. Each asset is opened, checked and measured in a process of its own."""
