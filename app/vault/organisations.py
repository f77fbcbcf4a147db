"""Organisations: a key pair whose private half is sealed to each member.

Removing a member turns it over: a new key pair, the private half sealed to those who stay, and every
assessment that the organisation holds in a new epoch.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_args

from nacl.public import PrivateKey
from sqlalchemy import bindparam, delete
from sqlmodel import col, select

from app.database import Session
from app.tables import Assessment, Grant, Holder, Membership, Organisation, Role
from app.vault.epochs import turn_over
from app.vault.grants import give_grant, open_grant
from app.vault.holders import KeyHolder, add_holder, new_id, open_sealed, seal_to
from app.vault.sealing import DoesNotOpen, keyed_hash, seal_data, unseal_data

ROLES: tuple[Role, ...] = get_args(Role)

IN_CHARGE: frozenset[Role] = frozenset({"owner", "sheet"})

_MEMBERSHIPS = (
    select(Membership, Organisation)
    .join(Organisation, col(Organisation.id) == col(Membership.organisation_id))
    .where(Membership.member_id == bindparam("member"))
)


@dataclass(frozen=True)
class OpenOrganisation:
    """An organisation whose private key is at hand, and what whoever opened it may do there."""

    id: str
    role: Role
    key: KeyHolder
    name: str = field(repr=False)

    @property
    def in_charge(self) -> bool:
        """Whether members and access are theirs to decide on."""
        return self.role in IN_CHARGE

    @property
    def writes(self) -> bool:
        """Whether they may answer, and change anything."""
        return self.role != "reader"


@dataclass(frozen=True)
class Member:
    """Somebody who belongs to an organisation: the holder's row, and the role."""

    holder: Holder
    role: Role


def found(session: Session, founder: KeyHolder, name: str, today: date) -> OpenOrganisation:
    """Make an organisation, with its founder as the owner."""
    private = PrivateKey.generate()
    holder = add_holder(session, "organisation", private.public_key.encode(), today)
    key = KeyHolder(holder.id, private.encode())
    organisation = Organisation(id=new_id(), holder_id=key.id, name=b"", created_on=today)
    organisation.name = _sealed_name(organisation.id, key, name)
    session.add(organisation)
    session.flush()
    _let_in(session, organisation.id, key, founder.id, "owner")
    return OpenOrganisation(organisation.id, "owner", key, name)


def open_organisations(session: Session, member: KeyHolder) -> list[OpenOrganisation]:
    """Every organisation that somebody belongs to, by its name.

    Raises:
        DoesNotOpen: when a row was altered, or is another's.
    """
    rows = session.execute(_MEMBERSHIPS, {"member": member.id}).all()
    opened = [_opened(membership, organisation, member) for membership, organisation in rows]
    return sorted(opened, key=lambda one: (one.name.casefold(), one.id))


def rename(session: Session, organisation: OpenOrganisation, name: str) -> None:
    """Give an organisation another name."""
    row = session.get_one(Organisation, organisation.id)
    row.name = _sealed_name(organisation.id, organisation.key, name)
    session.add(row)
    session.flush()


def members(session: Session, organisation_id: str) -> list[Member]:
    """Who belongs to an organisation, printed recovery sheets included."""
    rows = session.execute(
        select(Holder, Membership.role)
        .join(Membership, col(Membership.member_id) == col(Holder.id))
        .where(Membership.organisation_id == organisation_id)
        .order_by(col(Holder.created_on), col(Holder.id))
    ).all()
    return [Member(holder, role) for holder, role in rows]


def let_in(session: Session, organisation: OpenOrganisation, holder_id: str, role: Role) -> None:
    """Seal the organisation's private key to a holder, in the place of an earlier role."""
    _let_in(session, organisation.id, organisation.key, holder_id, role)


def remove(session: Session, organisation: OpenOrganisation, member_ids: Iterable[str], today: date) -> None:
    """Take members out, and turn the organisation's key and every data key over, in one transaction.

    Raises:
        DoesNotOpen: when something stored was altered: then nobody is taken out.
    """
    gone = set(member_ids)
    stay = [one for one in members(session, organisation.id) if one.holder.id not in gone]
    private = PrivateKey.generate()
    holder = add_holder(session, "organisation", private.public_key.encode(), today)
    key = KeyHolder(holder.id, private.encode())
    row = session.get_one(Organisation, organisation.id)
    row.holder_id, row.name = key.id, _sealed_name(organisation.id, key, organisation.name)
    session.add(row)
    session.execute(delete(Membership).where(col(Membership.organisation_id) == organisation.id))
    session.flush()
    for member in stay:
        _let_in(session, organisation.id, key, member.holder.id, member.role)
    _hand_over(session, organisation.key, key, today)
    session.execute(delete(Holder).where(col(Holder.id) == organisation.key.id))
    session.expire_all()


def _hand_over(session: Session, old: KeyHolder, new: KeyHolder, today: date) -> None:
    """Every assessment that one key opened, in a new epoch and for another key."""
    held = session.exec(select(Grant.assessment_id).where(Grant.holder_id == old.id)).all()
    for assessment_id in held:
        opened = open_grant(session, old, assessment_id, today)
        session.execute(
            delete(Grant).where(col(Grant.assessment_id) == assessment_id, col(Grant.holder_id) == old.id)
        )
        if opened is None:
            continue
        assessment = session.get_one(Assessment, assessment_id)
        give_grant(session, assessment, new.id, opened.scope, opened.key, opened.expires_on)
        if opened.scope == "fill":
            turn_over(session, assessment_id, opened.epoch, opened.key)


def _opened(membership: Membership, organisation: Organisation, member: KeyHolder) -> OpenOrganisation:
    kept = json.loads(open_sealed(member, membership.sealed))
    key = kept.pop("key")
    if kept != _terms(organisation.id, organisation.holder_id, member.id, membership.role):
        raise DoesNotOpen
    holder = KeyHolder(organisation.holder_id, bytes.fromhex(key))
    name = unseal_data(_name_key(holder), organisation.name, "organisation.name", organisation.id, holder.id)
    return OpenOrganisation(organisation.id, kept["role"], holder, name)


def _let_in(session: Session, organisation_id: str, key: KeyHolder, holder_id: str, role: Role) -> None:
    holder = session.get_one(Holder, holder_id)
    terms = _terms(organisation_id, key.id, holder_id, role)
    text = json.dumps(terms | {"key": key.private_key.hex()}).encode()
    session.execute(
        delete(Membership).where(
            col(Membership.organisation_id) == organisation_id, col(Membership.member_id) == holder_id
        )
    )
    session.add(
        Membership(
            organisation_id=organisation_id,
            member_id=holder_id,
            role=role,
            sealed=seal_to(holder.public_key, text),
        )
    )
    session.flush()


def _terms(organisation_id: str, key_id: str, member_id: str, role: str) -> dict[str, Any]:
    return {"organisation": organisation_id, "holder": key_id, "member": member_id, "role": role}


def _sealed_name(organisation_id: str, key: KeyHolder, name: str) -> bytes:
    return seal_data(_name_key(key), name, "organisation.name", organisation_id, key.id)


def _name_key(key: KeyHolder) -> bytes:
    return keyed_hash(key.private_key, "org.name")
