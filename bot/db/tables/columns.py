"""What every table is made of: names of constraints, and the columns that most tables have."""

from sqlalchemy import Column, ForeignKey, MetaData

from bot.db.types import BigId

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def own_id() -> Column[int]:
    return Column("id", BigId, primary_key=True, autoincrement=True)


def workspace(ondelete: str | None = None) -> Column[str]:
    """Whose row it is. `ondelete` for a table that the release before doesn't know, and so can't
    empty when it erases a workspace."""
    return Column("workspace_id", ForeignKey("workspaces.id", ondelete=ondelete), nullable=False)


def ref(name: str, table: str, *, nullable: bool = False) -> Column[int]:
    return Column(name, BigId, ForeignKey(f"{table}.id"), nullable=nullable)
