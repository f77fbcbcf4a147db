"""Several people on one assessment."""
