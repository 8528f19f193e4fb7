"""That somebody is to have a second step soon: one calm line where they land, in the days before it is asked for."""

from __future__ import annotations

from flask import g

from ...records.people import second_factors, sign_in_rules
from ...rules import second_factor
from ...rules.second_factor import WITH_A_PASSWORD
from ...wording.second_factor import to_be_had_from
from ..site import db, now, site, viewer

HERE = "/account/second-step"
SET_UP = "Set one up"


def to_be_had() -> str:
    """From when on whoever asks is asked for one; empty where they have one, need none, or signed in without a password."""
    person = viewer()
    if site().settings.demo or g.signed_in.way not in WITH_A_PASSWORD or not second_factor.must_have(person.role):
        return ""
    standing = second_factors.standing(db(), person.id, person.role)
    if standing.has_one:
        return ""
    return to_be_had_from(second_factor.asked_from(standing, sign_in_rules.now(db()).grace_days), now())
