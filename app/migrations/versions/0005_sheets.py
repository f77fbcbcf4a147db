"""Sheets of raters: they lie where reviews do, and each row says which of the two it is."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. What is there is a review."""
    op.add_column("review", sa.Column("ended_on", sa.Date(), nullable=True))
    op.add_column("review", sa.Column("kind", sa.String(), nullable=True))
    op.execute(sa.text("UPDATE review SET kind = 'review'"))
    with op.batch_alter_table("review", table_kwargs={"sqlite_with_rowid": False}) as review:
        review.alter_column("kind", existing_type=sa.String(), nullable=False)
