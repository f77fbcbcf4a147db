"""What must be true: frameworks, their editions, and how a pack is read."""
