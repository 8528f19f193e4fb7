"""The stored schema: a change of it is seen in review, and means a new migration."""

from datetime import UTC, datetime
from pathlib import Path

from induction.records.store.migrations import open_database

STORED = Path(__file__).with_name("schema.sql")


def test_the_schema_is_the_stored_one(tmp_path):
    db = open_database(tmp_path / "induction.db", datetime(2026, 11, 24, tzinfo=UTC))
    rows = db.rows("select sql from sqlite_master where sql is not null and name not like 'sqlite_%' order by name")
    tables = db.rows("pragma table_list")
    db.close()
    (tmp_path / "schema.sql").write_text("\n\n".join(row["sql"] + ";" for row in rows) + "\n", encoding="utf-8")
    found = (tmp_path / "schema.sql").read_text(encoding="utf-8")
    assert found == STORED.read_text(encoding="utf-8"), f"a new migration? then copy {tmp_path / 'schema.sql'} over"
    own = [table for table in tables if table["type"] == "table" and not table["name"].startswith(("sqlite_", "_"))]
    assert len(own) > 10
    assert [table["name"] for table in own if not table["strict"]] == []
