"""The receipt as a QR code: the bare code, never an address."""

from io import BytesIO

import segno
from markupsafe import Markup


def qr_svg(text: str, label: str) -> Markup:
    """An inline SVG of the code, with a title for those who cannot see it."""
    drawn = BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawn,
        kind="svg",
        xmldecl=False,
        svgns=False,
        title=label,
        svgclass="qr",
        lineclass=None,
        omitsize=True,
    )
    return Markup(drawn.getvalue().decode())  # noqa: S704 - segno escapes the title, and draws nothing else of ours
