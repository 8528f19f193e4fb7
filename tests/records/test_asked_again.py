"""Whether it is the first policy, or a change of it, that scenarios are asked again for."""

import pytest

from induction.records.progress import retakes
from induction.records.progress.retakes import Asking
from induction.records.store.database import transaction
from tests.records.making import COURSE, NOW, finish, save_answer, start_attempt

LESSON = "friend-requests"


def taught(db, person, policy_version, asked_again=None):
    attempt = start_attempt(db, person, LESSON, policy_version=policy_version, asked_again=asked_again)
    save_answer(db, attempt)
    finish(db, attempt, passed=asked_again is None)


@pytest.mark.parametrize(
    "taught_under, asked_under, first",
    [
        ((0,), 1, True),
        ((0, 0), 2, True),  # they never met the first version
        ((0, 1), 1, True),  # there was only one: it can't have changed
        ((0, 1), 2, False),
        ((1,), 2, False),
    ],
)
def test_a_first_policy_is_told_from_a_change(db, cast, taught_under, asked_under, first):
    with transaction(db):
        for _ in range(2):
            db.execute("insert into policy_versions (at) values ('2026-11-01T09:00:00.000000Z')")
        for version in taught_under:
            taught(db, cast.tess, version)
        retakes.ask(db, Asking(cast.tess.id, COURSE, LESSON, ("sunday-night",), asked_under, cast.lou.id, NOW))
    [asked] = retakes.waiting(db, cast.tess.id)
    assert asked.first_policy is first
    with transaction(db):
        taught(db, cast.tess, asked_under, asked_again=asked.id)
    assert retakes.waiting(db, cast.tess.id) == [asked], "a try that answers the asking is none that came before"
