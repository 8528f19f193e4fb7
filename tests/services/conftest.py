from tests.records.conftest import cast, db

__all__ = ["cast", "db"]
