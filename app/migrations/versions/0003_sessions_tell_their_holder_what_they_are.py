"""What a session says of itself to its own holder; those from before say nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("browser_session", sa.Column("about", sa.LargeBinary(), nullable=True))
