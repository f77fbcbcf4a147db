"""The second factor: a code that changes every half minute, and codes to be used once where that is lost.

Sealed with the account's master key, like the step at which it was last used: no code is taken twice.

Source: RFC 6238, "TOTP"; its HMAC comes from pyotp, since libsodium has none with SHA-1.
"""

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

import pyotp
from pyotp.exceptions import OTPVerificationError

from app.vault.codes import spelled
from app.vault.sealing import keyed_hash, random_bytes, seal_data, unseal_data

LABEL = "person.factor"
BACKUP_CODES = 10
BACKUP_BYTES = 10
_NO_CODE = "0" * 32

EITHER_SIDE = 1
"""How many steps a clock may be off."""


@dataclass(frozen=True)
class SecondFactor:
    """What has to be shown beside the password: nothing, while `secret` is empty.

    `last_step` is the step of the last code that was taken; `backup` are hashes of the unused backup codes.
    """

    secret: str = field(default="", repr=False)
    last_step: int = 0
    backup: tuple[str, ...] = field(default=(), repr=False)

    @property
    def asked(self) -> bool:
        """Whether there is one."""
        return bool(self.secret)


NO_SECOND_FACTOR = SecondFactor()


def new_secret() -> str:
    """A secret for an authenticator, in base32 as it reads it: 160 bits."""
    return pyotp.random_base32()


def address_of(secret: str, email: str) -> str:
    """What an authenticator takes the secret from, as a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name="Plumbline")


def begin(secret: str) -> tuple[SecondFactor, list[str]]:
    """A second factor with this secret, and its backup codes, which are known only here, and now."""
    codes = [spelled(random_bytes(BACKUP_BYTES)) for _ in range(BACKUP_CODES)]
    return SecondFactor(secret, 0, tuple(_hashed(secret, code) for code in codes)), codes


def taken(factor: SecondFactor, typed: str, now: datetime) -> SecondFactor | None:
    """The factor after a code was used; None where it is not one, or was used before."""
    code = "".join(character for character in typed.upper() if character.isalnum())
    if code.isdigit():
        return _taken_by_time(factor, code, now)
    hashed = _hashed(factor.secret, code)
    if hashed not in factor.backup:
        return None
    return replace(factor, backup=tuple(one for one in factor.backup if one != hashed))


def sealed_factor(master: bytes, person_id: str, factor: SecondFactor) -> bytes:
    """The factor, sealed; as large whether there is one or not, and however many codes were used."""
    unused = (*factor.backup, *[_NO_CODE] * (BACKUP_CODES - len(factor.backup)))
    return seal_data(master, asdict(factor) | {"backup": unused}, LABEL, person_id)


def opened_factor(master: bytes, person_id: str, blob: bytes) -> SecondFactor:
    """What `sealed_factor` made.

    Raises:
        DoesNotOpen: when it was altered.
    """
    kept = unseal_data(master, blob, LABEL, person_id)
    backup = tuple(one for one in kept["backup"] if one != _NO_CODE)
    return SecondFactor(kept["secret"], kept["last_step"], backup)


def _taken_by_time(factor: SecondFactor, code: str, now: datetime) -> SecondFactor | None:
    try:
        step = pyotp.TOTP(factor.secret).verify_and_get_timecode(code, for_time=now, valid_window=EITHER_SIDE)
    except OTPVerificationError:
        return None
    return replace(factor, last_step=step) if step > factor.last_step else None


def _hashed(secret: str, code: str) -> str:
    plain = code.replace("-", "").upper()
    return keyed_hash(secret.encode(), "factor.backup", plain.encode(), size=16).hex()
