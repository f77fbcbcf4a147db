"""Several people answer apart, and agree afterwards."""
