from tests.records.conftest import cast, db, made_once

__all__ = ["cast", "db", "made_once"]
