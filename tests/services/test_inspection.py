"""What an inspection pack holds: how everybody stood as at a day, in sheets and as a document."""

import csv
import io
import subprocess
import sys
import threading
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest

from induction.records import erasure, evidence
from induction.records.people import people
from induction.records.people.person import Details
from induction.records.policy import acknowledgements
from induction.records.policy.acknowledgements import Signed
from induction.records.progress import conversations
from induction.records.school import approved_accounts, course_approvals
from induction.records.school.approved_accounts import Said
from induction.records.store.as_it_was import as_it_was
from induction.records.store.database import transaction
from induction.rules.acts import Act, What
from induction.rules.corrections import Kind as Corrected
from induction.rules.pack import Stood
from induction.rules.retention import Kind
from induction.rules.roles import Role
from induction.services import acts, corrections, done_elsewhere, policy_publication, sign_offs
from induction.services.corrections import Said as Correction
from induction.services.done_elsewhere import Said as Certificate
from induction.services.inspection import contents, making
from induction.services.inspection.contents import Asked, NobodyOfThatNumber
from induction.services.inspection.document import document
from induction.services.spreadsheet.csv_file import BYTE_ORDER_MARK
from tests.records.making import COURSE, NOW, TODAY, complete, finish, save_answer, start_attempt
from tests.rules.test_documents import PDF

LATER = NOW + timedelta(days=14)
THEN = LATER.date()
LONG = "Ŵ" + "ŷ" * 198
HOSTILE = {"rtl": "نورا العلي", "formula": "=1+1", "long": LONG, "minus": "-2+3 Ó Briain"}


@pytest.fixture
def school(db, cast, programmes, tmp_path):
    """Tess has done a lesson and Sam all of them; there is a policy, an account, an approval; later Tess is somebody else."""
    programme = programmes.current()
    course = programme.library.courses[COURSE]
    with transaction(db):
        complete(db, cast.tess.id, course.lessons[0].slug, percent=90, pass_mark=80, attempts=1)
        for lesson in course.lessons:
            complete(db, cast.sam.id, lesson.slug, percent=100, pass_mark=80)
        complete(db, cast.sam.id, "", percent=100, pass_mark=80)
        course_approvals.approve(db, course=COURSE, sha256=programme.version(course), typed_name="Lou", by=cast.lou.id, now=NOW)
        said = Said("Instagram", "@wrenfield", 16, 13, cast.lou.id, cast.max.id, TODAY + timedelta(days=90), {"purpose": "Science"})
        approved_accounts.add(db, said, by=cast.lou.id, now=NOW)
        conversations.record(db, teacher_id=cast.tess.id, mentor_id=cast.max.id, held_on=TODAY, themes=["parents"], key="k" * 20, now=NOW)
    policy_publication.choose(db, programme.library, {"pupil-contact": "approved-accounts"}, by=cast.lou.id, at=NOW)
    policy = programmes.current().policy
    with transaction(db):
        acknowledgements.acknowledge(db, Signed(cast.sam.id, policy.version, policy.sha256, "Sam Price", NOW))
        people.update(db, cast.tess.id, name="Tess Müller", role=Role.MENTOR, email="tess.m@school.example", now=LATER)
        people.deactivate(db, cast.sam.id, now=LATER)
    return db, cast, programme.library


def gathered(school, day=TODAY, now=LATER, who=None):
    db, _, library = school
    with as_it_was(db.path, day if day < THEN else None) as then:
        return contents.gather(then, library, Asked(day, now, "Lou Adeyemi", "1.6.0", who))


def stood(pack):
    return {each.person.name: each.stood for each in pack.stood}


def rows(pack, name):
    return next(each.rows for each in pack.sheets if each.name == name)


def words(pack):
    """All that the document says."""
    return str(document(pack, contents.files_of(pack)))


def test_how_everybody_stood_on_that_day_under_the_name_of_that_day(school):
    pack = gathered(school)
    assert stood(pack) == {
        "Lou Adeyemi": Stood.DUE, "Max Reid": Stood.DUE, "Nia Évans": Stood.DUE, "Sam Price": Stood.DONE, "Tess Okafor": Stood.DUE,
    }  # fmt: skip
    tess = next(row for row in rows(pack, "people") if row["name"] == "Tess Okafor")
    assert (tess["email"], tess["role"], tess["mentor"], tess["due_on"], tess["lessons_done"]) == (
        "tess@school.example", "teacher", "Max Reid", "2026-12-04", 1,
    )  # fmt: skip
    assert "5 people were here: 4 due and 1 done." in words(pack) and "Tess Müller" not in words(pack)


def test_how_they_stand_today(school):
    pack = gathered(school, THEN)
    assert stood(pack)["Tess Müller"] is Stood.OVERDUE and "Sam Price" not in stood(pack)
    assert pack.caveats == []
    assert "Overdue: due by 4 December 2026" in words(pack)


def test_a_day_that_is_past_is_not_known_in_all(school):
    words_changed, name = gathered(school).caveats
    assert words_changed.startswith("Courses and their lessons are those of the day on which this was made.")
    assert name == "The school’s name and its nation are those of the day on which this was made."


def test_the_chain_goes_along_whole_and_verifies_without_the_words_of_what_is_not_the_packs(school, tmp_path):
    """As at a day that is past it is the chain of today: a head is worth what it seals."""
    db, cast, library = school
    with transaction(db):
        save_answer(db, start_attempt(db, cast.tess))
        finish(db, db.value("select max(id) from attempts"), now=LATER)
        acts.note(db, Act(What.SETTINGS, cast.lou.id, NOW, became={"Name": "Secret School"}))
    head = evidence.latest(db)
    for day in (TODAY, THEN):
        pack, out = gathered(school, day), io.BytesIO()
        assert pack.head == head and f"induction verify --head {head.head[:16]}," in words(pack)
        making.make(db.path, library, Asked(day, LATER, "", "1.6.0"), lambda data: b"PDF", out, lambda words: None)
        with zipfile.ZipFile(out) as whole:
            whole.extractall(tmp_path)
        folder = tmp_path / f"inspection-pack-{day}" / "evidence"
        chain = (folder / "evidence.csv").read_text(encoding="utf-8-sig")
        assert "sunday-night" not in chain and "Secret School" not in chain and "Tess Okafor" in chain
        assert ("Tess Müller" in chain) is (day == THEN)
        verify = [sys.executable, "-I", folder / "verify.py", folder / "evidence.csv", head.head[:16]]
        done = subprocess.run(verify, capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (0, f"{head.n} entries, head {head.head}\n"), done.stderr
    assert chain.count("\n") == head.n + 1


def test_before_anything_was(school):
    pack = gathered(school, TODAY - timedelta(days=1))
    assert pack.stood == [] and "Nobody was here." in words(pack) and "No version of the policy" in words(pack)
    assert "No account stood on the register." in words(pack) and rows(pack, "completions") == []


def test_who_was_excused(school):
    db, cast, _ = school
    begins = THEN + timedelta(days=9)
    with transaction(db):
        people.add(db, Details("kit@school.example", "Kit Moran", Role.TEACHER, starts=begins), now=LATER)
    said = Certificate(COURSE, "Kent", "Level 1", TODAY - timedelta(days=9), None)
    done_elsewhere.record(db, db.path.parent, cast.nia.id, said, ("c.pdf", PDF), by=cast.lou.id, now=LATER)
    with transaction(db):
        acknowledgements.acknowledge(db, Signed(cast.nia.id, 1, db.value("select sha256 from policy_versions"), "Nia", LATER))
    pack = gathered(school, THEN)
    assert stood(pack)["Kit Moran"] is Stood.EXEMPT and f"first day {begins.day} December 2026" in words(pack)
    nia = next(row for row in rows(pack, "people-by-course") if row["person_name"] == "Nia Évans")
    assert (nia["stood"], nia["done_elsewhere"]) == ("exempt", "Level 1, Kent, 15 November 2026")
    assert stood(pack)["Nia Évans"] is Stood.DONE, "the policy was asked of her, and she has read it"


def test_who_was_erased_since_is_not_said_to_have_left_anything_undone(school):
    db, cast, _ = school
    with transaction(db):
        erasure.erase(db, people.find(db, cast.sam.id), kind=Kind.ERASED, by=1, why="Asked for", until=LATER, now=LATER)
    pack = gathered(school)
    assert stood(pack)[f"Erased person {cast.sam.id}"] is Stood.ERASED and "Sam Price" not in words(pack)
    assert pack.caveats[-1].startswith("One person who was here that day has been erased since")


def test_policy_courses_and_accounts(school):
    pack = gathered(school)
    assert [row["stance"] for row in rows(pack, "policy-choices")] == ["approved-accounts"]
    assert [row["stood"] for row in rows(pack, "accounts")] == ["not approved now"]
    assert rows(pack, "account-assessments")[0]["answer"] == "Science"
    assert [row["is_the_version_of_today"] for row in rows(pack, "approvals-of-courses")] == ["yes"]
    assert len(rows(pack, "lessons")) == 12 and all(len(row["lesson_sha256"]) == 64 for row in rows(pack, "lessons"))
    assert len(rows(pack, "scenarios")) > 100
    files = {each.path: each for each in contents.files_of(pack)}
    version = rows(pack, "policy-versions")[0]
    assert files["policy/version-1.json"].sha256 == version["sha256"], "the very words that were acknowledged"
    assert "Being in touch with pupils" in files[version["file"]].text
    assert all(each["blocks"] for each in document(pack, list(files.values()))["sections"])


def test_one_person(school):
    db, cast, _ = school
    with transaction(db):
        save_answer(db, start_attempt(db, cast.tess))
        finish(db, db.value("select max(id) from attempts"))
    pack = gathered(school, THEN, who=cast.tess.id)
    assert {each.name for each in pack.sheets} == {
        "people", "people-by-course", "completions", "certificates", "done-elsewhere", "acknowledgements", "sign-offs", "corrections",
        "who-they-were", "conversations",
    }  # fmt: skip
    told = words(pack)
    assert "Tess Müller, mentor" in told and "tess.m@school.example. Overdue" in told and "Sam Price" not in told
    assert [row["held_on"] for row in rows(pack, "conversations")] == ["2026-11-24"]
    assert "parents" not in told and "sunday-night" not in told, "no theme, and no answer"
    assert [row["person_name"] for row in rows(pack, "completions")] == ["Tess Okafor"], "as she was called that day"
    assert gathered(school, who=cast.sam.id).stood[0].stood is Stood.DONE
    assert gathered(school, THEN, who=cast.sam.id).stood[0].why_exempt == "had left"
    with pytest.raises(NobodyOfThatNumber):
        gathered(school, who=99)


def test_sign_offs_and_corrections_as_of_their_day(school, programmes):
    """Sam’s course is signed off, and after that it is said not to count: on the day itself it stood."""
    db, cast, _ = school
    course = db.value("select id from completions where person = ? and lesson = ''", [cast.sam.id])
    with transaction(db):
        people.reactivate(db, cast.sam.id, now=LATER)
    sign_offs.sign(db, cast.sam.id, course, typed_name="Lou A", by=cast.lou.id, now=NOW)
    lesson = db.value("select min(id) from completions where person = ?", [cast.sam.id])
    said = Correction(kind=Corrected.COMPLETION, entry=lesson, counts=False, why="Taken by =somebody else", rightly="", saw=0)
    corrections.correct(db, programmes.current(), said, by=cast.lou.id, now=LATER)
    then, now = gathered(school), gathered(school, THEN)
    assert stood(then)["Sam Price"] is Stood.DONE and stood(now)["Sam Price"] is Stood.DUE
    assert [row["counts"] for row in rows(then, "sign-offs")] == ["yes"] and [row["counts"] for row in rows(now, "sign-offs")] == ["no"]
    assert rows(then, "corrections") == [] and [row["what"] for row in rows(now, "corrections")] == ["completion"] * 2
    assert "Taken by =somebody else" in words(now) and "Taken by" not in words(then)
    assert len(rows(now, "completions")) == len(rows(then, "completions")), "what stood before stays"
    of_one = words(gathered(school, THEN, who=cast.sam.id))
    assert "Lou A" in of_one and "does not count: Taken by =somebody else" in of_one


def test_names_that_would_run_or_break_something(school):
    db, _, library = school
    with transaction(db):
        for email, name in HOSTILE.items():
            people.add(db, Details(f"{email}@school.example", name, Role.TEACHER), now=LATER)
    out = io.BytesIO()
    asked = Asked(THEN, LATER, "=Lou", "1.6.0")
    making.make(db.path, library, asked, lambda data: str(data).encode(), out, lambda words: None)
    with zipfile.ZipFile(out) as pack:
        assert pack.testzip() is None and all(each.filename.startswith(f"inspection-pack-{THEN}/") for each in pack.infolist())
        text = pack.read(f"inspection-pack-{THEN}/csv/people.csv").decode()
        pages = pack.read(f"inspection-pack-{THEN}/inspection-pack.pdf").decode()
    assert text.startswith(BYTE_ORDER_MARK)
    names = [row[0] for row in csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK)))]
    assert {HOSTILE["rtl"], LONG, "'=1+1", "'-2+3 Ó Briain"} < set(names)
    assert all(name in pages for name in HOSTILE.values())


def test_all_of_it_is_of_one_moment_while_a_hundred_completions_are_written(school):
    """Each transaction of the writer keeps a lesson and a policy signature: the pack holds as many of one as of the other."""
    db, cast, library = school
    with transaction(db):
        new = [people.add(db, Details(f"p{n}@school.example", f"Person {n}", Role.TEACHER), now=LATER) for n in range(100)]
    digest, half, go = db.value("select sha256 from policy_versions"), threading.Event(), threading.Event()

    def write():
        for number, person in enumerate(new):
            if number == 50:
                half.set()
                go.wait(20)
            with transaction(db):
                complete(db, person.id, completed_at=LATER)
                acknowledgements.acknowledge(db, Signed(person.id, 1, digest, "Somebody", LATER))
        db.close()

    writer = threading.Thread(target=write)
    writer.start()
    half.wait(20)
    counts = []
    while writer.is_alive():
        pack = gathered(school, THEN)
        done = {row["person_name"] for row in rows(pack, "completions")} & {each.name for each in new}
        read = {row["person_name"] for row in rows(pack, "acknowledgements")} & {each.name for each in new}
        shown = {each.person.name for each in pack.stood if each.read} & {each.name for each in new}
        assert done == read == shown
        counts.append(len(done))
        go.set()
    writer.join()
    assert counts == sorted(counts) and counts[0] == 50


def test_a_course_that_has_got_another_lesson_since_is_not_left_undone_by_who_had_completed_it(school):
    _, _, library = school
    course = library.courses[COURSE]
    lesson = replace(course.lessons[0], slug="brand-new")
    grown = replace(course, lessons=(*course.lessons, lesson))
    more = replace(library, courses={**library.courses, COURSE: grown})
    assert stood(gathered((*school[:2], more)))["Sam Price"] is Stood.DONE
