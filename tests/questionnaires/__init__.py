"""How we ask, and when a question is left out."""
