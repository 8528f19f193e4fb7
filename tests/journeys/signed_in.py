"""Who came in before a story begins: by the deed, as the way through the page is a story of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from induction.records.people import people, sessions
from induction.records.store.database import Database, transaction
from induction.services import installation
from induction.web.browser_mark import SESSION_COOKIE
from tests.cast import email_of
from tests.journeys.eyes import Person


def signed_in(person: Person, data: Path, who: str) -> Person:
    """At a device where they signed in a moment ago."""
    db = Database(data / "induction.db")
    with transaction(db):
        token = sessions.start(db, people.by_email(db, email_of(who)).id, device="Chrome on Linux", now=datetime.now(UTC))
    db.close()
    app = Flask(__name__)
    app.secret_key = installation.secret_key(data)
    value = SecureCookieSessionInterface().get_signing_serializer(app).dumps({"_user_id": token, "_fresh": True})
    person.page.context.add_cookies([{"name": SESSION_COOKIE, "value": value, "url": person.address}])
    return person
