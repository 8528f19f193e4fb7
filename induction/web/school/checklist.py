"""What is left at a school's beginning, each with the page where it is done. It goes when each has been done; what changes
later is a reminder.
"""

from __future__ import annotations

import logging
from typing import NamedTuple

from flask import abort, flash, redirect
from werkzeug.wrappers import Response

from ...records.people import lists
from ...records.school import backups_elsewhere
from ...services import backup_copies, backup_findings, backups
from ...services.programme import Programme
from ...wording import checklist as wording
from ...wording.checklist import SaidElsewhere
from ...wording.notices import CourseState
from ...wording.standing import day_of
from ..incoming_request import sent
from ..parts.seen import KEPT_ALREADY
from ..site import db, now, today, viewer
from .room import blueprint

log = logging.getLogger("induction.school")


class Item(NamedTuple):
    name: str
    done: bool
    words: str
    href: str  # where it is done


class Checklist(NamedTuple):
    items: list[Item]  # none where nothing is left

    @property
    def heading(self) -> str:
        return wording.heading(sum(not each.done for each in self.items), len(self.items))


def checklist(programme: Programme) -> Checklist:
    policy, copy = programme.policy_state, copy_elsewhere()
    courses = [(course.title, programme.course_state(course)) for course in programme.courses]
    states = {state for _, state in courses}
    anybody = lists.anybody_besides_leads(db())
    if policy.published and CourseState.NEVER not in states and anybody and copy:
        return Checklist([])
    return Checklist([
        Item("Publish your policy", policy.published, wording.policy(policy), "/school/policy"),
        Item("Approve the courses", states <= {CourseState.APPROVED}, wording.courses(courses), "/school/courses"),
        Item("Bring people in", anybody, wording.people(anybody), "/school/people"),
        Item("A backup elsewhere", copy is not None, wording.backups(copy, _lies_here()), "/school/settings#backups"),
    ])


class Backups(NamedTuple):
    """What is known of them, as it stands under settings."""

    here: str
    elsewhere: str
    said: bool
    by_itself: bool  # the site copies each to a second folder


def known_of_backups() -> Backups:
    copy = copy_elsewhere()
    by_itself = copy is not None and not copy.by
    return Backups(_backups_here(), wording.backups_elsewhere(copy), copy is not None, by_itself)


def _backups_here() -> str:
    try:
        found = backup_findings.backups(db(), now()).numbers
    except OSError:
        return wording.NOT_SEEN
    return wording.backups_here(found["backups"], found.get("newest_backup_days", 0))


def _lies_here() -> bool:
    try:
        return backups.any_lie_in(db().path.parent)
    except OSError:
        return False


def copy_elsewhere() -> SaidElsewhere | None:
    """Known by itself where the second folder does its work; else as a lead has said."""
    if copied := backup_copies.works(db(), now()):
        return SaidElsewhere("", day_of(copied.at, today()))
    said = backups_elsewhere.latest(db())
    return SaidElsewhere(said.said_by_name, day_of(said.at, today())) if said and said.elsewhere else None


@blueprint.post("/backups", endpoint="backups")
def say_of_backups() -> Response:
    """A lead says that a copy lies elsewhere, or no longer does."""
    wanted = {"yes": True, "no": False}.get(sent("elsewhere"))
    if wanted is None:
        abort(400)
    try:
        changed = backups.say_elsewhere(db(), wanted, by=viewer().id, now=now())
    except (backups.NoBackupYet, OSError):
        flash(wording.NO_BACKUP_YET, "wait")
        return redirect("/school/settings#backups", 303)
    if changed:
        log.info("A copy of the backups elsewhere: %s, says person %s", sent("elsewhere"), viewer().id)
        flash(wording.said_of_backups(wanted), "done")
    else:
        flash(KEPT_ALREADY, "done")
    return redirect("/school/overview", 303)
