"""An application with a pack of somebody's own beside ours."""

from pathlib import Path

import pytest

from app.settings import ROOT, Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """With the small pack that docs/authoring-packs.md makes: ten points, weights 3, 2 and 1."""
    return Settings(data=tmp_path / "data", packs=ROOT / "docs/first-pack")
