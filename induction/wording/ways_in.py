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
