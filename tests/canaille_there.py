"""Canaille, a provider of sign-ins, with one user; a process of its own. In: one line of JSON; out: its address. Ends with its stdin.

Run by `tests/providers.py`.
"""

import json
import sys
import threading
from urllib.parse import urlsplit

from canaille import create_app
from canaille.app import models
from canaille.backends import Backend
from canaille.oidc.models import Client
from werkzeug.serving import WSGIRequestHandler, make_server


class Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        pass


def is_here(_client: object, address: str) -> bool:
    return urlsplit(address).hostname in ("127.0.0.1", "localhost")


def main() -> None:
    said = json.loads(sys.stdin.readline())
    server = make_server("127.0.0.1", 0, app=lambda *_: [], threaded=True, request_handler=Quiet)
    app = create_app(
        {
            "SECRET_KEY": "tests" * 8, "SERVER_NAME": f"127.0.0.1:{server.port}", "PREFERRED_URL_SCHEME": "http",
            "CANAILLE": {"DATABASE": "memory", "FORCE_HTTPS": False}, "CANAILLE_OIDC": {},
        }
    )  # fmt: skip
    Client.check_redirect_uri = is_here
    with app.app_context():
        user = models.User(**said["user"])
        Backend.instance.save(user)
        client = models.Client(
            client_id=said["client"]["id"], client_secret=said["client"]["secret"], client_name="Induction",
            client_uri=f"http://127.0.0.1:{server.port}", redirect_uris=["http://127.0.0.1/"], scope=["openid", "profile", "email"],
            grant_types=["authorization_code", "refresh_token"], response_types=["code"],
            token_endpoint_auth_method="client_secret_basic",
        )  # fmt: skip
        Backend.instance.save(client)
        client.audience = [client]
        Backend.instance.save(client)
    server.app = app
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps({"issuer": f"http://127.0.0.1:{server.port}"}), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
