"""The real server with a clock that can be put forward: `python -m tests.browser.years PORT FOLDER`.

The clock is as many days ahead as the file `days` in its folder says.
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn

from app.main import create_app
from app.settings import Settings

AHEAD = "days"


def main() -> None:
    """Serve until stopped."""
    port, folder = int(sys.argv[1]), Path(sys.argv[2])

    def clock() -> datetime:
        return datetime.now(UTC) + timedelta(days=int((folder / AHEAD).read_text()))

    app = create_app(Settings(data=folder), clock)
    uvicorn.run(app, port=port, access_log=False, log_level="warning")


if __name__ == "__main__":
    main()
