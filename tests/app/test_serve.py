"""`plumbline serve`: where it listens, where it keeps its data, and that it says so."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from app.settings import ROOT
from tests.browser.server import free_port


@contextmanager
def served(*arguments: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "app", "serve", *arguments]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.kill()


def test_it_listens_where_it_is_told_prints_its_address_and_keeps_its_data_where_the_setting_says(
    tmp_path: Path,
) -> None:
    port, data = free_port(), tmp_path / "a folder with spaces"
    with served(f"--port={port}", PLUMBLINE_DATA=str(data)) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == f"Plumbline: http://127.0.0.1:{port}/   data in {data}\n"
        # The line is printed as it starts: the connection is taken once the database is open.
        transport = httpx.HTTPTransport(retries=20)
        with httpx.Client(transport=transport) as client:
            assert client.get(f"http://127.0.0.1:{port}/").status_code == 200
        assert (data / "plumbline.sqlite3").exists()


def test_a_folder_that_is_named_goes_before_the_setting_and_a_taken_port_is_said_to_be_taken(
    tmp_path: Path,
) -> None:
    named, setting = tmp_path / "named", tmp_path / "setting"
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        served(
            f"--port={taken.getsockname()[1]}", "--data", str(named), PLUMBLINE_DATA=str(setting)
        ) as process,
    ):
        said, complaint = process.communicate()
    assert f"data in {named}\n" in said
    assert "address already in use" in complaint
    assert process.returncode != 0
    assert not setting.exists()
