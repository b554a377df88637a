"""How a frame is planned, made, encoded, stored and read again."""
