"""Induction: professional boundaries online, for one school, on one small server."""

from __future__ import annotations

import logging
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from werkzeug.routing import BaseConverter

from .records import migrations
from .records.database import Database
from .settings import HOME, BadSettings, Settings, from_environment
from .web import (
    account,
    accounts,
    assets,
    attempts,
    confidence,
    demo,
    door,
    faults,
    health,
    help,
    learning,
    mentoring,
    notes,
    policy,
    record,
    school,
    shell,
)
from .web.hashing import Hashing
from .web.marks import SESSION_COOKIE, Marks, cookie_name
from .web.site import Site
from .web.teaching import Shelf

__version__ = "1.1.0"
LARGEST_BODY = 1024 * 1024  # bytes


class IdConverter(BaseConverter):
    """An id as the database counts them; nothing longer reaches it."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)


def create_app(settings: Settings | None = None) -> Flask:
    """The site, ready to serve. Raises BadSettings, DatabaseFault or ShippedContentFaulty, each with a sentence."""
    settings = settings or from_environment(os.environ)
    records = prepare(settings)
    app = Flask("induction", static_folder=None)
    app.config.update(
        SECRET_KEY=secret_key(settings.data),
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        SESSION_COOKIE_NAME=cookie_name(SESSION_COOKIE, settings.secure),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        WTF_CSRF_TIME_LIMIT=None,  # a teacher may read for an hour
        WTF_CSRF_SSL_STRICT=False,  # our own check of Origin stands instead
    )
    app.jinja_loader = ChoiceLoader([
        FileSystemLoader(HOME / "templates"),
        PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
    ])
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_map.converters["id"] = IdConverter
    shelf = Shelf(HOME, settings.data, records)
    readiness = health.Readiness(records, settings.data)
    shown = assets.Assets(HOME / "static")
    app.extensions["induction"] = Site(
        settings, records, shelf, Hashing(), Marks(app.secret_key, settings.secure), shown, readiness
    )
    app.extensions["assets"] = shown
    for room in (
        assets, account, accounts, attempts, confidence, health, help, learning, mentoring, notes, policy, record, school,
    ):
        app.register_blueprint(room.blueprint)
    if settings.demo:
        app.register_blueprint(demo.blueprint)
    faults.register(app)
    shell.register(app)
    door.hang(app)
    return app


def prepare(settings: Settings) -> Database:
    """The data folder, private to this account, and the database in it, made or brought up to date.

    Raises BadSettings where the folder can't be this account's own, DatabaseFault.
    """
    data = settings.data
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = data.stat()
        if found.st_uid != os.geteuid():
            raise BadSettings(
                f"The data folder {data} belongs to another account, so nothing was done. "
                "Run this as that account, or name another folder with INDUCTION_DATA."
            )
        if found.st_mode & 0o077:
            data.chmod(0o700)
    except OSError as fault:
        raise BadSettings(
            f"The data folder {data} can't be used ({fault.strerror}). Nothing was changed. "
            "Name another folder with INDUCTION_DATA, or see that this account may write there."
        ) from fault
    return migrations.open_database(settings.database, datetime.now(UTC))


def secret_key(data: Path) -> bytes:
    """The key that signs cookies and forms; made at the first start, whole or not at all."""
    path = data / "secret-key"
    if not path.exists():
        fresh = data / f"secret-key.{os.getpid()}"
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_hex(32).encode())
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)  # never over a key that another process has just made
        except FileExistsError:
            logging.getLogger("induction").debug("Another process made the key")
        fresh.unlink()
    return path.read_bytes()
