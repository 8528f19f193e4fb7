"""What leads did: the table of what no other keeps, and the log that is read together from all of them."""

from __future__ import annotations

import json
from collections.abc import Mapping

from ..rules.acts import LONGEST, Act
from .store.columns import moment_text
from .store.database import Database


def add(db: Database, act: Act) -> None:
    db.execute(
        'insert into acts (at, "by", what, person, about, was, became) values (?, ?, ?, ?, ?, ?, ?)',
        [moment_text(act.at), act.by, act.what, act.person_id, _short(act.about), _object(act.was), _object(act.became)],
    )


def _object(values: Mapping[str, str]) -> str:
    return json.dumps({label: _short(value) for label, value in values.items()}, ensure_ascii=False)


def _short(value: str) -> str:
    return value if len(value) <= LONGEST else f"{value[: LONGEST - 1]}…"
