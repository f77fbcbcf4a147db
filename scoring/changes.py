"""The front door to two rounds: everything that changed between them. See docs/scoring.md, 9."""

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.compare import Comparison, Round, compare
from scoring.critical_change import CriticalChange, Fate, critical_changed
from scoring.evidence_change import Evidence, evidence_changed
from scoring.standing import PartChange, standards_changed


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that changed between two rounds: `critical` are the critical gaps by what became of them."""

    comparison: Comparison
    standards: tuple[PartChange, ...]
    evidence: Evidence
    critical: Mapping[Fate, tuple[CriticalChange, ...]]


def changes(before: Round, after: Round) -> Changes:
    """What changed from one round to a later one.

    Raises: ValueError as `compare` does.
    """
    comparison = compare(before, after)
    return Changes(
        comparison,
        standards_changed(comparison, after),
        evidence_changed(comparison, before, after),
        critical_changed(comparison, before, after),
    )
