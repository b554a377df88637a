"""The recipe hall: warehouses, shops and parking decks."""
