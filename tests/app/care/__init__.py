"""Care with children's details: what is found in a text, and what becomes of it."""
