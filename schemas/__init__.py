"""What the data is: specs, plans, frames, triplets, units. No I/O, no bpy, no ray."""
