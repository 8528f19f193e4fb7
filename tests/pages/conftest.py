"""A school with something of everything in it, for tests that walk all its forms."""

from datetime import UTC, date, datetime, timedelta

import pytest

from induction.learning.people import Role
from induction.records import accounts, policy
from induction.records.accounts import Said
from induction.records.database import transaction
from tests.cast import move_in
from tests.walking import answer, start, walk


@pytest.fixture(scope="session")
def furnished_template(app, template, tmp_path_factory):
    """A school with something in it: tries, a policy that touches Nia, a draft, an account, a note, three leads."""
    cast = move_in(app, template, tmp_path_factory.mktemp("furnished"))
    walk(cast, "tess", "friend-requests", wisely=False)
    start(cast.tess, "messages-and-chat")
    answer(cast, cast.tess, "tess")
    cast.choose(pupil_contact="approved-accounts")
    for _ in range(2):  # what was not met is asked first
        walk(cast, "nia", "where-the-line-is")
    cast.choose(pupil_contact="none")
    for name in ("Kit Moran", "Uma Roy"):
        cast.add(name, Role.LEAD)
    lou, kit = cast.who("lou").id, cast.who("kit").id
    said = Said("Instagram", "@wrenfield", 16, 13, lou, kit, date.today() + timedelta(days=90), {"purpose": "Science"})
    with transaction(cast.records):
        policy.draft_choice(cast.records, "gaming", "risk-assessed-club", "", lou, datetime.now(UTC))
        accounts.add(cast.records, said, by=lou, now=datetime.now(UTC))
    cast.tess.open("/attempts/2/1/note")
    cast.tess.press("Send the note", words="The second choice and the third are the same.")
    cookies = {name: getattr(cast, name).cookie() for name in ("tess", "max", "sam", "lou")}
    cookies |= {name: cast.sign_in_new(name).cookie() for name in ("kit", "uma")}
    cast.records.close()
    return cast.data, cookies


@pytest.fixture
def furnished(app, furnished_template, tmp_path):
    """The cast of that school, each in the session they had."""
    data, cookies = furnished_template
    everyone = move_in(app, data, tmp_path / "data")
    for name, cookie in cookies.items():
        everyone.__dict__[name] = everyone.browser().with_cookie(cookie)
    yield everyone
    everyone.records.close()
