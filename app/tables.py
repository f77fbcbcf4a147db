"""Every table. What is sealed is bytes; what is clear is listed in docs/security.md and in the dump test.

No row of what people enter is numbered: the order of writing would tell which blind name is which question.
"""

from datetime import date

from sqlmodel import Field, SQLModel

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
    kind: str
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
    scope: str
    expires_on: date | None = None
    sealed: bytes


class SealedRow(SQLModel, table=True):
    """One revision of one sealed thing. The newest revision is the current one; none is ever rewritten."""

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
    """A signed-in browser, found by the hash of its cookie. The holder's private key is sealed inside."""

    __tablename__ = "browser_session"
    __table_args__ = NOT_NUMBERED

    id: bytes = Field(primary_key=True)
    holder_id: str = Field(foreign_key="holder.id", ondelete="CASCADE", index=True)
    revision: int
    sealed: bytes
    expires_on: date = Field(index=True)
