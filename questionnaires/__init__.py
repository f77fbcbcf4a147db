"""How we ask: questionnaires, their conditions, and how a pack is read."""
