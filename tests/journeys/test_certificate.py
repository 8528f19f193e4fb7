"""A certificate as it is seen: by axe, in the dark, on a phone, and on paper, where it is one sheet."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from induction.records import editions
from induction.records.people import people
from induction.records.progress import certificates, completions
from induction.records.progress.completions import Completion
from induction.records.store.database import Database, transaction
from induction.rules.certificate_codes import grouped
from induction.services.programme import Programmes
from tests import pdf
from tests.cast import COURSE, OPENED
from tests.faults.server import Server


@pytest.fixture(scope="module")
def school(app, template, tmp_path_factory) -> Iterator[tuple[Server, str]]:
    """A server, and the code of somebody with a long name who has completed all eleven lessons."""
    data = shutil.copytree(template, tmp_path_factory.mktemp("certificate") / "data")
    db, now = Database(data / "induction.db"), datetime.now(UTC)
    programme = Programmes(app.extensions["induction"].shelf, db, OPENED).current()
    course = programme.library.courses[COURSE]
    tess = people.by_email(db, "tess@wrenfield.example").id
    with transaction(db):
        people.update(db, tess, name="Wilhelmina-Alexandrina Featherstonehaugh-Cholmondeley of the Upper and Lower Valleys", now=now)
        done = {each.slug: programme.lesson_edition(course, each) for each in course.lessons}
        for lesson, words in (done | {"": programme.course_edition(course)}).items():
            editions.keep(db, words, "lesson" if lesson else "course", now)
            completions.complete(db, Completion(
                person_id=tess, course=COURSE, lesson=lesson, version=words.sha256, policy_version=0, completed_at=now,
            ))
        certificates.make(db, tess, COURSE)
    code = grouped(certificates.of_person(db, tess)[0].code)
    db.close()
    with Server(data) as server:
        yield server, code


@pytest.fixture
def site(school):
    return school[0]


@pytest.mark.parametrize("view", [(True, 1280)], indirect=True)
def test_a_stranger_looks_one_up_and_prints_it(school, site, sit_down):
    stranger = sit_down().open("/certificates/").fill(code=school[1].lower().replace("-", " ")).press("Look it up")
    assert stranger.heading.startswith("Wilhelmina-Alexandrina") and school[1] in stranger.page.url
    paper = stranger.page.pdf(prefer_css_page_size=True)
    assert pdf.about(paper)["Pages"] == "1" and pdf.about(paper)["Page size"].startswith("841")
    words = pdf.text(paper)
    assert school[1] in words and "Colleagues and concerns" in words and "Download as PDF" not in words and "Sign in" not in words
    assert "Nothing is held under that code here" in stranger.open("/certificates/nothing").words
