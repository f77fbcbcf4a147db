"""The cookie that a browser's session is found by."""

from fastapi import Request, Response

from app.vault.sessions import SignedIn, cookie_value


def cookie_name(request: Request) -> str:
    """`__Host-` binds the cookie to this very host; browsers take it over HTTPS only."""
    return "__Host-plumbline" if _secure(request) else "plumbline"


def _secure(request: Request) -> bool:
    return bool(request.scope["scheme"] == "https")


def give_cookie(request: Request, response: Response, signed_in: SignedIn) -> None:
    """Hand the browser its session."""
    response.set_cookie(
        cookie_name(request),
        cookie_value(signed_in),
        path="/",
        secure=_secure(request),
        httponly=True,
        samesite="lax",
    )


def take_cookie(request: Request, response: Response) -> None:
    """Take the session from the browser."""
    response.delete_cookie(
        cookie_name(request), path="/", secure=_secure(request), httponly=True, samesite="lax"
    )
