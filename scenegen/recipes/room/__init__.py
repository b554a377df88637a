"""Rooms as plans: shell, openings, furniture, small things, lights and cameras, each drawn from a stream of its own."""
