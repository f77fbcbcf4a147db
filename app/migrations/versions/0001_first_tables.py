"""The first tables: packs kept by content hash, holders, assessments, sealed rows, sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "content",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_content")),
    )
    op.create_table(
        "holder",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("locator", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holder")),
        sa.UniqueConstraint("locator", name=op.f("uq_holder_locator")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "assessment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("framework_hash", sa.String(), nullable=False),
        sa.Column("questionnaire_hash", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["framework_hash"], ["content.hash"], name=op.f("fk_assessment_framework_hash_content")
        ),
        sa.ForeignKeyConstraint(
            ["questionnaire_hash"], ["content.hash"], name=op.f("fk_assessment_questionnaire_hash_content")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_assessment_framework_hash"), "assessment", ["framework_hash"], unique=False)
    op.create_index(
        op.f("ix_assessment_questionnaire_hash"), "assessment", ["questionnaire_hash"], unique=False
    )
    op.create_table(
        "browser_session",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("holder_id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["holder.id"], name=op.f("fk_browser_session_holder_id_holder"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_browser_session")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_browser_session_expires_on"), "browser_session", ["expires_on"], unique=False)
    op.create_index(op.f("ix_browser_session_holder_id"), "browser_session", ["holder_id"], unique=False)
    op.create_table(
        "access_grant",
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("holder_id", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_access_grant_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["holder.id"], name=op.f("fk_access_grant_holder_id_holder"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("assessment_id", "holder_id", name=op.f("pk_access_grant")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_access_grant_holder_id"), "access_grant", ["holder_id"], unique=False)
    op.create_table(
        "commitment",
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_commitment_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("assessment_id", "epoch", "label", name=op.f("pk_commitment")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sealed_row",
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("blob", sa.LargeBinary(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_sealed_row_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("assessment_id", "name", "revision", name=op.f("pk_sealed_row")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "submission",
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("form", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_submission_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("assessment_id", "form", "body", name=op.f("pk_submission")),
        sqlite_with_rowid=False,
    )
