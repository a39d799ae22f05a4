"""SQLAlchemy: tables, engines, transactions, and queries that give back domain values."""
