"""What the bench measures against: a bare Flask + Flask-Login page, and a bare durable commit.

No database behind the page, one small template, padded to the size of the page it is compared
with; the same server with the same number of threads.
"""

import sys
from pathlib import Path

from flask import Flask, redirect, render_template, request
from flask_login import LoginManager, UserMixin, current_user
from jinja2 import DictLoader
from sqlite_utils.utils import sqlite3
from waitress import serve

from induction.serving.lanes import THREADS
from induction.serving.server import CONNECTIONS

PAGE = "<!DOCTYPE html><title>Bare</title><h1>Hello, {{ name }}</h1><p>{{ filling }}</p>"


class Somebody(UserMixin):
    id = "1"
    name = "Tess"


def bare_app(folder: Path, key: bytes) -> Flask:
    app = Flask("bare")
    app.secret_key = key
    app.jinja_loader = DictLoader({"page.html": PAGE})
    login = LoginManager(app)
    login.session_protection = None
    login.user_loader(lambda _: Somebody())
    sqlite3.connect(folder / "bare.db").executescript("pragma journal_mode = wal; create table if not exists it (at)")
    filling = {}

    @app.get("/healthz")
    def up() -> str:
        return "up"

    @app.get("/page/<int:size>")
    def page(size: int) -> str:
        words = filling.setdefault(size, "x" * size)
        return render_template("page.html", name=current_user.name, filling=words)

    @app.post("/commit")
    def commit():
        db = sqlite3.connect(folder / "bare.db", isolation_level=None)
        db.execute("pragma synchronous = full")
        db.execute("begin immediate")
        db.execute("insert into it values (?)", [current_user.name + request.form["option"]])
        db.execute("commit")
        db.close()
        return redirect("/page/100", 303)

    return app


if __name__ == "__main__":
    where, port = Path(sys.argv[1]), int(sys.argv[2])
    serve(
        bare_app(where, b"bare"), host="127.0.0.1", port=port, threads=THREADS, connection_limit=CONNECTIONS, ident="",
        asyncore_use_poll=True,
    )
