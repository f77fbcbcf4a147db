"""What an operator can set, by environment variables that begin with PLUMBLINE_."""

import os
from email.errors import MessageError
from email.headerregistry import Address
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import TypeAlias
from urllib.parse import SplitResult, urlsplit

from pydantic import DirectoryPath, Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent

Network: TypeAlias = IPv4Network | IPv6Network

MAIL_SCHEMES = frozenset({"smtps", "smtp+starttls", "smtp"})


def _default_data() -> Path:
    """`data` in a checkout; in an installed copy, the user's own data folder."""
    if (ROOT / "run").exists():
        return ROOT / "data"
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "plumbline"


class Settings(BaseSettings):
    """The settings of one installation. None of them is a key to what is stored, or takes part in sealing.

    `mail_password` is what a mail server may ask us for; it opens nothing here.
    """

    model_config = SettingsConfigDict(env_prefix="PLUMBLINE_", frozen=True, hide_input_in_errors=True)

    data: Path = Field(default_factory=_default_data)
    packs: DirectoryPath | None = None
    trusted_proxies: str = ""
    waiting_writers: int = Field(default=100, ge=1)
    patience_seconds: float = Field(default=10, gt=0)
    receipts_per_minute: int = Field(default=10, ge=1)
    address: str = ""
    mail_from: str = ""
    mail_user: str = ""
    mail_password: SecretStr = SecretStr("")
    mail_server: str = ""
    mails_per_hour: int = Field(default=20, ge=1)

    @field_validator("packs", mode="before")
    @classmethod
    def _empty_is_none(cls, folder: object) -> object:
        return folder or None

    @field_validator("trusted_proxies")
    @classmethod
    def _are_addresses(cls, listed: str) -> str:
        _networks(listed)
        return listed

    @field_validator("address")
    @classmethod
    def _is_where_people_come(cls, address: str) -> str:
        parts = _url(address)
        if address and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/")):
            raise ValueError("write it like https://plumbline.example.org")
        return address.rstrip("/")

    @field_validator("mail_from")
    @classmethod
    def _is_an_address(cls, sender: str) -> str:
        if sender:
            mail_address(sender)
        return sender

    @field_validator("mail_server")
    @classmethod
    def _is_a_mail_server(cls, server: str, info: ValidationInfo) -> str:
        if not server:
            return server
        parts = _url(server)
        if parts.scheme not in MAIL_SCHEMES or not parts.hostname or parts.path.strip("/") or parts.username:
            raise ValueError("write it like smtps://mail.example.org or smtp+starttls://mail.example.org:587")
        if parts.scheme == "smtp" and not _is_this_machine(parts.hostname):
            raise ValueError("smtp:// is for a mail server on this machine: use smtps:// or smtp+starttls://")
        if not info.data.get("mail_from") or not info.data.get("address"):
            raise ValueError("needs PLUMBLINE_ADDRESS and PLUMBLINE_MAIL_FROM beside it")
        return server

    @property
    def proxies(self) -> list[Network]:
        """The proxies whose word is taken for who asks, and whether it came by HTTPS."""
        return _networks(self.trusted_proxies)

    @property
    def database(self) -> Path:
        """The file that holds everything."""
        return self.data / "plumbline.sqlite3"


def _networks(listed: str) -> list[Network]:
    return [ip_network(one.strip()) for one in listed.split(",") if one.strip()]


def mail_address(written: str) -> Address:
    """One e-mail address, without a name beside it.

    Raises:
        ValueError: when it is none, or several.
    """
    try:
        return Address(addr_spec=written)
    except (MessageError, ValueError, IndexError):
        raise ValueError("write one e-mail address, like plumbline@example.org") from None


def _url(written: str) -> SplitResult:
    parts = urlsplit(written)
    _ = parts.port  # which says so if it is none
    return parts


def _is_this_machine(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
