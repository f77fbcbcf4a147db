"""What must be true, and how a pack that says so is read."""
