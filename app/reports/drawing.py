"""What every drawing shares: its head with title and description, and how coordinates are written."""

from markupsafe import Markup


def head(chart_id: str, title: str, text: str, view: str, css: str = "", stretched: bool = False) -> Markup:
    """The opening tag of a drawing, which a screen reader takes for one picture with these words."""
    return Markup(
        '<svg{css}{ratio} viewBox="{view}" role="img" aria-labelledby="{id}-title"'
        ' aria-describedby="{id}-desc">'
        '<title id="{id}-title">{title}</title><desc id="{id}-desc">{text}</desc>'
    ).format(
        css=Markup(' class="{}"').format(css) if css else "",
        ratio=Markup(' preserveAspectRatio="none"') if stretched else "",
        view=view,
        id=chart_id,
        title=title,
        text=text,
    )


def pair(point: tuple[float, float]) -> str:
    """A point as a path writes it."""
    return f"{number(point[0])},{number(point[1])}"


def number(value: float) -> str:
    """A coordinate with at most two decimals."""
    return f"{value + 0.0:.2f}".rstrip("0").rstrip(".")
