"""This school as the maker of badges."""

from __future__ import annotations

from ...rules.badge_reading import Form
from ...rules.badge_signing import fingerprint
from ...rules.badges import School
from ...services import badges
from ..site import current_programme, db, site

MEDIA_TYPES = {Form.JSON: "application/vc+json", Form.TOKEN: "application/jwt"}


def own_school() -> School:
    return School(current_programme().school.name, site().settings.address)


def own_fingerprint() -> tuple[str, str]:
    """The key that signs, in groups; or nothing, and why none can."""
    try:
        return fingerprint(badges.key(db(), site().settings.data).public), ""
    except badges.CannotSign as fault:
        return "", str(fault)
