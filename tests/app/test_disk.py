"""What reaches the disk, and who else on the machine can see it."""

import stat
import sys
import tempfile
from pathlib import Path

import pytest

from app.settings import Settings
from tests.conftest import Browser, form_key


def test_a_large_import_is_never_laid_on_the_disk_unsealed(
    amina: Browser, stranger: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = amina.get(f"{amina.home}/export.json").text + " " * 2_000_000
    key = form_key(stranger.get("/import"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))

    taken_in = stranger.client.post(
        "/import", data={"form_key": key}, files={"file": ("assessment.json", file)}, follow_redirects=False
    )

    assert taken_in.status_code == 303


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps other accounts out in another way")
@pytest.mark.usefixtures("amina")
def test_nobody_else_on_the_machine_can_look_into_a_new_data_folder(settings: Settings) -> None:
    assert stat.S_IMODE(settings.data.stat().st_mode) == 0o700
