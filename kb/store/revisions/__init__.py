"""What changed in the tables since kb 0.2.0, a revision a file, in the form that Alembic reads.

A record that gets a field needs a revision here: a test compares the outcome with the tables.
Revisions only add, so that a version of before can go on reading. They name tables without a
schema, and hold for a SQLite file and for the shared tables in PostgreSQL alike.
"""
