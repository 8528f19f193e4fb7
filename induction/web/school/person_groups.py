"""The groups of staff that one person belongs to, ticked on their page."""

from __future__ import annotations

import logging

from flask import abort, flash, redirect
from werkzeug.wrappers import Response

from ...records.people import people
from ...services import staff_groups as deeds
from ...services.staff_groups import GroupsMeanwhile, NoSuchGroup
from ...wording import dates
from ..parts import seen
from ..parts.seen import KEPT_ALREADY
from ..site import db, now, viewer
from .person import person_page_of
from .person_form import GroupsForm
from .room import blueprint

log = logging.getLogger("induction.school")


@blueprint.post("/people/<id:person_id>/groups", endpoint="person_groups")
def put_into(person_id: int) -> Response | str:
    """Put somebody into the groups that are ticked, and no other, as long as they stand as the page had shown."""
    found = people.find(db(), person_id)
    if found is None or found.erased_at:
        abort(404)
    form = GroupsForm.of(found.id)
    if not form.validate():
        return person_page_of(found, form, trouble=form.groups.errors[0])
    wanted = [int(each) for each in form.groups.data or ()]
    try:
        changed = deeds.set_groups(db(), found.id, wanted, saw=seen.sent(), by=viewer().id, now=now())
    except GroupsMeanwhile as fault:
        now_in = dates.listed(fault.names) if fault.names else "none"
        trouble = f"The groups were changed meanwhile: now {now_in}. Yours are still ticked; save again if they are right."
        return person_page_of(found, form, trouble=trouble)
    except NoSuchGroup:
        return person_page_of(found, GroupsForm.of(found.id, formdata=None), trouble="A group was closed meanwhile. Choose among these.")
    if changed:
        log.info("Groups of person %s: %s, by person %s", found.id, sorted(wanted), viewer().id)
    flash(f"Saved. The groups of {found.name} are up to date." if changed else KEPT_ALREADY, "done")
    return redirect(f"/school/people/{found.id}", 303)
