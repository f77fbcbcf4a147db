"""What an operator can set, by environment variables that begin with PLUMBLINE_."""

import os
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TypeAlias

from pydantic import DirectoryPath, Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent

Network: TypeAlias = IPv4Network | IPv6Network


def _default_data() -> Path:
    """`data` in a checkout; in an installed copy, the user's own data folder."""
    if (ROOT / "run").exists():
        return ROOT / "data"
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "plumbline"


class Settings(BaseSettings):
    """The settings of one installation. None of them is a key, and none takes part in sealing."""

    model_config = SettingsConfigDict(env_prefix="PLUMBLINE_", frozen=True)

    data: Path = Field(default_factory=_default_data)
    packs: DirectoryPath | None = None
    trusted_proxies: str = ""
    waiting_writers: int = Field(default=100, ge=1)
    patience_seconds: float = Field(default=10, gt=0)
    receipts_per_minute: int = Field(default=10, ge=1)

    @field_validator("packs", mode="before")
    @classmethod
    def _empty_is_none(cls, folder: object) -> object:
        return folder or None

    @field_validator("trusted_proxies")
    @classmethod
    def _are_addresses(cls, listed: str) -> str:
        _networks(listed)
        return listed

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
