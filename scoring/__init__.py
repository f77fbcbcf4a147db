"""What the answers mean: pure functions from answers to gap reports and action plans."""
