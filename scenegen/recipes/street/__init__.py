"""What the recipe street is made of: roads, what is built along them, and what stands, grows and moves there."""
