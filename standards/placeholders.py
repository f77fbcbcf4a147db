"""What stands in a drafted pack until its author has written it: `plumbline packs check` points at each."""

UNWRITTEN = "[to be written]"
"""Stands for a text, or for the part of it that is missing."""
UNESTIMATED_DAYS = 0.01
"""Stands for the effort of an action, which a pack cannot leave out."""
