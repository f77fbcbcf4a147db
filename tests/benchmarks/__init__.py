"""That what is measured is what is meant."""
