"""By what somebody signed in, in words."""

from __future__ import annotations

from collections.abc import Mapping

from ..rules.second_factor import SessionWay

WITH: Mapping[SessionWay, str] = {
    SessionWay.PASSWORD: "with the password",
    SessionWay.LINK: "by a link",
    SessionWay.GOOGLE: "with Google",
    SessionWay.MICROSOFT: "with Microsoft",
    SessionWay.OTHER: "with an account elsewhere",
    SessionWay.PASSKEY: "with a passkey",
}


def with_what(way: SessionWay, other: str) -> str:
    """*with Keycloak*. `other`: what the other provider is called, where that is known."""
    return f"with {other}" if other and way is SessionWay.OTHER else WITH[way]
