"""PostgreSQL: tables, sessions bound to a board, migrations, and the embedded server. The only user of SQLAlchemy."""
