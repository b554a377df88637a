"""Tables as plans: a room, what stands in it, small things that were dropped, lights and cameras."""
