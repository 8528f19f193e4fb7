"""This school as the maker of badges."""

from __future__ import annotations

from ...records.school import school
from ...rules.badges import School
from ..site import db, site


def own_school() -> School:
    return School(school.called(db()), site().settings.address)
