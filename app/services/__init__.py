"""Verbs on nouns: what the application does, without HTTP and without committing."""
