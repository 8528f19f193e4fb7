"""The site, put together: what it holds, what it answers, and who is let in."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from flask import Flask
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from werkzeug.routing import BaseConverter

from .. import __version__
from ..bridges.openid import OpenID
from ..services import course_reading, installation, letters, providers
from ..services.open_editions import OpenEditions
from ..services.password_hashing import Hashing
from ..services.programme import Programmes
from ..services.readiness import Readiness
from ..services.shelf import Shelf
from ..settings import HOME, Settings, from_environment
from . import account, learner, mentor, public, school
from .assets import Assets
from .browser_mark import SESSION_COOKIE, Marks, cookie_name
from .incoming_request import Incoming
from .parts import error_pages, shell
from .public import demo
from .security import confirm, door
from .site import Site

LARGEST_BODY = 1024 * 1024  # bytes


class IdConverter(BaseConverter):
    """An id as the database counts them; nothing longer reaches it."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)


def make_app(settings: Settings | None) -> Flask:
    """The site, ready to serve. Raises BadSettings, DatabaseFault or ShippedContentFaulty, each with a sentence."""
    settings = settings or from_environment(os.environ)
    providers.given(settings)
    records = installation.prepare(settings.data, datetime.now(UTC))
    letters.set_up_office(records, settings.address, settings.smtp is not None)
    app = Flask("induction", static_folder=None)
    app.request_class = Incoming
    app.config.update(
        SECRET_KEY=installation.secret_key(settings.data),
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        SESSION_COOKIE_NAME=cookie_name(SESSION_COOKIE, settings.secure),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        WTF_CSRF_ENABLED=False,  # the door checks what every form brings, whether a page makes a form of it or not
    )
    app.jinja_loader = ChoiceLoader([
        FileSystemLoader(HOME / "templates"),
        PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
    ])
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["program_version"] = __version__
    app.url_map.converters["id"] = IdConverter
    shelf = Shelf(HOME, settings.data)
    programmes = Programmes(shelf, records, OpenEditions())
    course_reading.keep_what_was_approved(records, programmes.current())
    readiness = Readiness(records, settings.data)
    app.extensions["induction"] = Site(
        settings, records, shelf, programmes, Hashing(), Marks(app.secret_key, settings.secure), Assets(HOME / "static"), readiness,
        OpenID(),
    )
    for room in (public, account, learner, mentor, school):
        app.register_blueprint(room.blueprint)
    if settings.demo:
        app.register_blueprint(demo.blueprint)
    error_pages.register(app)
    confirm.register(app)
    shell.register(app)
    door.hang(app)
    return app
