"""Every table. What is sealed is bytes; what is clear is listed in docs/security.md and in the dump test.

No row of what people enter is numbered: the order of writing would tell which blind name is which question.
"""

from datetime import date
from typing import Literal

from sqlalchemy import String
from sqlmodel import Field, SQLModel

HolderKind = Literal["receipt", "person", "organisation"]

Scope = Literal["fill", "review", "read"]
"""What a grant lets its holder do with an assessment."""

Role = Literal["owner", "contributor", "reader", "sheet"]
"""What belonging to an organisation lets somebody do. A `sheet` is a printed recovery sheet: a receipt that
can do what an owner can.
"""

ApartKind = Literal["review", "sheet"]
"""What lies apart from an assessment, under keys of its own: a consultant's review, or a rater's sheet."""

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

NOT_NUMBERED = {"sqlite_with_rowid": False}


class Content(SQLModel, table=True):
    """An edition or a questionnaire, kept for as long as an assessment is pinned to it."""

    hash: str = Field(primary_key=True)
    kind: str
    body: str


class Holder(SQLModel, table=True):
    """Who can open things: the public half of a key pair, found by a keyed hash."""

    __table_args__ = NOT_NUMBERED

    id: str = Field(primary_key=True)
    kind: HolderKind = Field(sa_type=String)
    locator: bytes = Field(unique=True)
    public_key: bytes
    created_on: date


class Assessment(SQLModel, table=True):
    """One round. Everything that was said in it lies in `sealed_row`."""

    __table_args__ = NOT_NUMBERED

    id: str = Field(primary_key=True)
    framework_hash: str = Field(foreign_key="content.hash", index=True)
    questionnaire_hash: str = Field(foreign_key="content.hash", index=True)
    epoch: int
    created_on: date
    changed_on: date


class Review(SQLModel, table=True):
    """What lies apart from an assessment: a review of it, or a sheet. It is sealed in an `assessment` row.

    The reviewer, or rater, is None once that account was deleted: what was released to the organisation stays
    theirs. A sheet is released by handing it in; `ended_on` is the day on which its rating was ended.
    """

    __table_args__ = NOT_NUMBERED

    id: str = Field(primary_key=True, foreign_key="assessment.id", ondelete="CASCADE")
    assessment_id: str = Field(foreign_key="assessment.id", ondelete="CASCADE", index=True)
    reviewer_id: str | None = Field(default=None, foreign_key="holder.id", ondelete="SET NULL", index=True)
    released_on: date | None = None
    kind: ApartKind = Field(sa_type=String)
    ended_on: date | None = None


class Commitment(SQLModel, table=True):
    """A keyed hash of one key of one epoch: a wrong key is noticed before it is used."""

    __table_args__ = NOT_NUMBERED

    assessment_id: str = Field(primary_key=True, foreign_key="assessment.id", ondelete="CASCADE")
    epoch: int = Field(primary_key=True)
    label: str = Field(primary_key=True)
    value: bytes


class Grant(SQLModel, table=True):
    """The keys of an assessment, sealed to one holder."""

    __tablename__ = "access_grant"
    __table_args__ = NOT_NUMBERED

    assessment_id: str = Field(primary_key=True, foreign_key="assessment.id", ondelete="CASCADE")
    holder_id: str = Field(primary_key=True, foreign_key="holder.id", ondelete="CASCADE", index=True)
    epoch: int
    scope: Scope = Field(sa_type=String)
    expires_on: date | None = None
    sealed: bytes


class SealedRow(SQLModel, table=True):
    """One revision of one sealed thing. The newest revision is the current one.

    None is ever rewritten, but for what is taken out of it: docs/decisions/0023.
    """

    __tablename__ = "sealed_row"
    __table_args__ = NOT_NUMBERED

    assessment_id: str = Field(primary_key=True, foreign_key="assessment.id", ondelete="CASCADE")
    name: bytes = Field(primary_key=True)
    revision: int = Field(primary_key=True)
    epoch: int
    blob: bytes
    changed_on: date


class Submission(SQLModel, table=True):
    """A form that has been taken in, by keyed hashes of its key and its body."""

    __table_args__ = NOT_NUMBERED

    assessment_id: str = Field(primary_key=True, foreign_key="assessment.id", ondelete="CASCADE")
    form: bytes = Field(primary_key=True)
    body: bytes = Field(primary_key=True)
    taken_on: date


class BrowserSession(SQLModel, table=True):
    """A signed-in browser, found by the hash of its cookie. The holder's private key is sealed inside.

    `about` is for that holder's list of sessions: which browser it is, and when it began.
    """

    __tablename__ = "browser_session"
    __table_args__ = NOT_NUMBERED

    id: bytes = Field(primary_key=True)
    holder_id: str = Field(foreign_key="holder.id", ondelete="CASCADE", index=True)
    revision: int
    sealed: bytes
    expires_on: date = Field(index=True)
    about: bytes | None = None


class Person(SQLModel, table=True):
    """An account. Its keys are sealed with what follows from the password, and again with a recovery code.

    Several may have one address, and then have one salt: docs/decisions/0018.
    """

    __table_args__ = NOT_NUMBERED

    id: str = Field(primary_key=True, foreign_key="holder.id", ondelete="CASCADE")
    email: str = Field(index=True)
    disabled: bool
    salt: bytes
    verifier: bytes
    master_by_password: bytes
    master_by_recovery: bytes
    private_key: bytes
    second_factor: bytes


class Organisation(SQLModel, table=True):
    """An organisation: its present key pair, and its name, sealed with what follows from the private half."""

    __table_args__ = NOT_NUMBERED

    id: str = Field(primary_key=True)
    holder_id: str = Field(foreign_key="holder.id", unique=True, index=True)
    name: bytes
    created_on: date


class Membership(SQLModel, table=True):
    """Who belongs to an organisation: its private key, sealed to the member."""

    __table_args__ = NOT_NUMBERED

    organisation_id: str = Field(primary_key=True, foreign_key="organisation.id", ondelete="CASCADE")
    member_id: str = Field(primary_key=True, foreign_key="holder.id", ondelete="CASCADE", index=True)
    role: Role = Field(sa_type=String)
    sealed: bytes


class Invitation(SQLModel, table=True):
    """A link that lets one person ask to be let in: into an organisation, or into one assessment.

    `scope` is the role or the scope of the grant, `until` the last day of that grant. Once somebody has used
    the link, `person_id` is who waits to be let in.
    """

    __table_args__ = NOT_NUMBERED

    id: bytes = Field(primary_key=True)
    organisation_id: str | None = Field(
        default=None, foreign_key="organisation.id", ondelete="CASCADE", index=True
    )
    assessment_id: str | None = Field(
        default=None, foreign_key="assessment.id", ondelete="CASCADE", index=True
    )
    scope: str
    until: date | None = None
    expires_on: date
    person_id: str | None = Field(default=None, foreign_key="person.id", ondelete="CASCADE", index=True)
