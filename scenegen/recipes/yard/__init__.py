"""What primitives is made of: things on a floor under the sky, and views among them."""
