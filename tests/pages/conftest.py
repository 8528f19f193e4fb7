"""A school with something in it, for tests that walk all its pages."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest

from induction.content.model import Choice
from induction.records.people.one_time_links import LinkKind
from induction.records.policy import draft
from induction.records.school import approved_accounts
from induction.records.school.approved_accounts import Said
from induction.records.store.database import transaction
from induction.rules.roles import Role
from induction.services import people_preview
from tests.cast import Cast, move_in
from tests.reading import read_lessons
from tests.walking import answer, start, walk

SHORT = "boundaries-in-ten-minutes"


@pytest.fixture(scope="session")
def furnished_template(app, template, tmp_path_factory):
    """A school with something in it (an attempt finished, one begun), who is signed in, and what addresses need."""
    cast = move_in(app, template, tmp_path_factory.mktemp("furnished"))
    walk(cast, "tess", "friend-requests", wisely=False)
    start(cast.tess, "messages-and-chat")
    answer(cast, cast.tess, "tess")
    _furnish_the_policy(cast)
    words = {
        "invitation": cast.link(LinkKind.INVITATION, "sam"),
        "reset": cast.link(LinkKind.RESET, "sam"),
        "tess": str(cast.who("tess").id),
        **{name: str(cast.who(name).id) for name in ("sam", "max", "ana")},
    }
    cookies = {name: getattr(cast, name).cookie() for name in ("tess", "max", "sam", "lou")}
    cookies |= {name: cast.sign_in_new(name).cookie() for name in ("kit", "uma")}
    cast.records.close()
    for thread in threading.enumerate():  # a lead lands on the overview, beside which the site looks at itself
        if thread.name == "readiness":
            thread.join()
    return cast.data, words, cookies


def _furnish_the_policy(cast: Cast) -> None:
    """A policy in force that touches Nia, a draft, an account that waits for a second lead, a note, a list, three leads, of whom
    one has read the short course."""
    cast.choose(pupil_contact="approved-accounts")
    for _ in range(2):  # what was not met is asked first
        walk(cast, "nia", "where-the-line-is")
    cast.choose(pupil_contact="none")
    lou, kit = cast.who("lou").id, cast.add("Kit Moran", Role.LEAD).id
    cast.add("Uma Roy", Role.LEAD)
    read_lessons(cast, datetime.now(UTC), course=SHORT)
    account = Said("Instagram", "@wrenfield", 16, 13, lou, kit, date.today() + timedelta(days=90), {"purpose": "Science"})
    with transaction(cast.records):
        draft.save_choice(cast.records, Choice("gaming", "risk-assessed-club"), lou, datetime.now(UTC))
        approved_accounts.add(cast.records, account, by=lou, now=datetime.now(UTC))
    people_preview.begin(cast.records, b"name,email\nIda,ida@x.example\n", "", by=lou, now=datetime.now(UTC))
    cast.tess.open("/attempts/2/1/note")
    cast.tess.press("Send the note", words="The second choice and the third are the same.")


@pytest.fixture
def furnished(app, furnished_template, tmp_path):
    """The cast of a school with something in it, each in the session they had."""
    data, words, cookies = furnished_template
    everyone = move_in(app, data, tmp_path / "data")
    for name, cookie in cookies.items():
        everyone.__dict__[name] = everyone.browser().with_cookie(cookie)
    yield everyone
    everyone.records.close()


@pytest.fixture
def words(furnished_template):
    """What addresses need: tokens and ids."""
    return furnished_template[1]
