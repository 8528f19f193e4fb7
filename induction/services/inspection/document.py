"""The pack as one document: what is said on which page, as blocks that `templates/school/pack.typ` draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from ...rules.calendar import local
from ...rules.pack import Stood
from ...wording import pack as wording
from ...wording.dates import day_and_clock, short_in_full
from ...wording.evidence import PROVES
from .contents import File, Pack, Written
from .standing import PersonStanding
from .written_words import Block, blocks_of

MOST_ON_PAPER = 2000  # people: two thousand take 70 pages, and a third of the memory that the service has


def document(pack: Pack, files: Sequence[File | Written]) -> dict[str, Any]:
    """All of it: plain values, with every sentence in place."""
    asked = pack.asked
    if asked.person_id is None:
        sections = [_people(pack), _courses(pack), *_policy(pack), _accounts(pack), _corrections(pack)]
    else:
        sections = _one_person(pack)
    sections += [_evidence(pack), _files(files)]
    return {
        "title": wording.title(pack.stood[0].person.name if asked.person_id else ""),
        "school": pack.school,
        "as_at": wording.as_at(asked.day, asked.now),
        "made": wording.made(asked.now, asked.by, asked.version),
        "cover": asked.person_id is None,  # a page of its own
        "is": [wording.IS, wording.IS_NOT, wording.OF_ONE_MOMENT],
        "caveats": pack.caveats,
        "lacks": wording.LACKS,  # which the typesetter finishes, where it lacks any
        "sections": [each for each in sections if each["blocks"]],
    }


def _section(title: str, *blocks: Block | None) -> dict[str, Any]:
    """A section; where it has no blocks it is left out."""
    return {"title": title, "blocks": [each for each in blocks if each]}


def _text(words: str) -> Block:
    return {"kind": "text", "words": words}


def _table(title: str, heads: Mapping[str, float], rows: Sequence[Sequence[str]]) -> Block | None:
    """A table, its columns by their heads and widths; nothing where it has no rows. A line break in a cell is kept."""
    if not rows:
        return None
    return {"kind": "table", "title": title, "heads": list(heads), "widths": list(heads.values()), "rows": rows}


def _people(pack: Pack) -> dict[str, Any]:
    counts = Counter(each.stood for each in pack.stood)
    rows = [[wording.MARKED[each], str(counts[each]), wording.MEANS[each]] for each in Stood if counts[each]]
    heads = {"Name that day": 2.4, "Role": 0.7, "How they stood": 2.1, "Lessons": 0.8, "Policy read": 1.8}
    return _section(
        "Everyone who was here",
        _text(wording.in_figures_of(counts)),
        _table("In figures", {"They stood": 1, "People": 0.6, "That is": 3.6}, rows),
        _table("Everyone", heads, [_person_row(each) for each in pack.stood])
        if len(pack.stood) <= MOST_ON_PAPER
        else _text(wording.TOO_MANY),
    )


def _person_row(each: PersonStanding) -> list[str]:
    why = [each.why_exempt, *(wording.elsewhere(course.elsewhere) for course in each.courses)]
    return [
        f"{each.person.name}\n{each.person.email}", str(each.person.role).capitalize(),
        "\n".join([wording.stood(each.stood, each.due), *filter(None, why)]), wording.of_lessons(each.lessons_done, each.lessons),
        _read(each),
    ]  # fmt: skip


def _read(each: PersonStanding) -> str:
    """Which version of the policy they had read, and when."""
    return wording.read(each.read.version, each.read.signed_on or local(each.read.at).date()) if each.read else ""


def _one_person(pack: Pack) -> list[dict[str, Any]]:
    """What one person was asked and did, lesson by lesson."""
    [each] = pack.stood
    courses = [
        [of.course.title, wording.stood(of.stood, of.due), _maybe(of.done_on) or wording.elsewhere(of.elsewhere),
         wording.of_lessons(of.lessons_done, of.lessons)]
        for of in each.courses
    ]  # fmt: skip
    lessons = [
        [_with_note(_title(pack, row), row["correction"]), _day(row["completed_at"]),
         "" if row["mark"] is None else f"{row['mark']}%", str(row["attempts"] or ""),
         wording.under(row["policy_version"]),
         _digest(row["content_sha256"])]
        for row in _rows(pack, "completions")
    ]  # fmt: skip
    read = [
        [_with_note(f"Version {row['policy_version']}", row["correction"]), _day(row["recorded_at"]), row["typed_name"], row["how"],
         _digest(row["policy_sha256"])]
        for row in _rows(pack, "acknowledgements")
    ]  # fmt: skip
    signed = [
        [_title(pack, row), _day(row["completed_at"]), _day(row["signed_off_at"]), row["signed_off_by"], row["signed_as"], row["counts"]]
        for row in _rows(pack, "sign-offs")
    ]
    talks = [[_written_day(row["held_on"]), row["with"]] for row in _rows(pack, "conversations")]
    heads = {"Lesson or course": 2.4, "Completed": 1.2, "Mark": 0.6, "Tries": 0.6, "Policy": 0.7, "Words (SHA-256)": 2.8}
    return [
        _section(
            wording.who(each.person.name, str(each.person.role)),
            _text(". ".join(filter(None, (each.person.email, wording.stood(each.stood, each.due), each.why_exempt)))),
            _table("Courses", {"Course": 2.6, "How they stood": 2.4, "Completed": 2, "Lessons": 1}, courses),
        ),
        _section("What was completed", _table("Completed", heads, lessons) or _text(wording.NOTHING_COMPLETED)),
        _section(
            "The policy, read and understood",
            _table("Read", {"Policy": 1, "On": 1.2, "Signed as": 2, "How": 0.8, "Words (SHA-256)": 2.8}, read)
            or _text(wording.NOTHING_READ),
        ),
        _section("Signed off", _table("Signed off", {
            "Course": 2, "Completed": 1.2, "On": 1.2, "By": 1.6, "Signed as": 1.6, "It counts": 0.8}, signed)),
        _corrections(pack),
        _section("Conversations with a mentor", _table("Conversations", {"Held on": 1, "With": 3}, talks)),
    ]


def _corrections(pack: Pack) -> dict[str, Any]:
    """What was corrected. What stood before stands where it stood."""
    rows = [
        [row["person_name"], f"{_what(pack, row)}\n{_day(row['entry_at'])}", row["counts"],
         "\n".join(filter(None, (row["why"], row["right_is"] and f"Right is: {row['right_is']}"))),
         f"{row['corrected_by']}\n{_day(row['corrected_at'])}"]
        for row in _rows(pack, "corrections")[-MOST_ON_PAPER:]
    ]  # fmt: skip
    heads = {"Of whom": 1.5, "What": 2, "It counts": 0.9, "Why": 2.6, "Corrected by": 1.4}
    return _section("Corrections", _table("Corrections", heads, rows))


def _what(pack: Pack, row: Mapping[str, Any]) -> str:
    """What a correction is of: *the completion of Friend requests*."""
    return wording.entry(row["what"], _title(pack, row) or f"version {row['policy_version']}")


def _title(pack: Pack, row: Mapping[str, Any]) -> str:
    """What a lesson or a course is called today; where it is not there any more, its word."""
    lesson = row.get("lesson", "")
    return pack.titles.get((row["course"], lesson), lesson or row["course"])


def _with_note(words: str, note: str) -> str:
    return f"{words}\n{note}" if note else words


def _courses(pack: Pack) -> dict[str, Any]:
    """What is taught, course by course, and by whom it was approved."""
    blocks: list[Block | None] = []
    for slug in dict.fromkeys(row["course"] for row in _rows(pack, "lessons")):
        rows = [row for row in _rows(pack, "lessons") if row["course"] == slug]
        title = rows[0]["course_title"]
        blocks.append({"kind": "heading", "words": title, "level": 2})
        heads = {"Lesson": 2.4, "Scenarios": 0.9, "Words of the lesson (SHA-256)": 2.6, "Words of its scenarios (SHA-256)": 2.6}
        blocks.append(_table(f"Lessons of {title}", heads, [
            [row["lesson_title"], str(row["scenarios_in_a_try"] or ""), _digest(row["lesson_sha256"]), _digest(row["scenarios_sha256"])]
            for row in rows
        ]))  # fmt: skip
        approvals = [row for row in _rows(pack, "approvals-of-courses") if row["course"] == slug]
        blocks.append(_text(wording.approved(bool(approvals))))
        heads = {"Approved by": 2, "On": 1.2, "Version (SHA-256)": 2.8, "The words of today": 1}
        blocks.append(_table(f"Approvals of {title}", heads, [
            [row["signed_as"], _day(row["approved_at"]), _digest(row["course_sha256"]), row["is_the_version_of_today"]]
            for row in approvals
        ]))  # fmt: skip
    return _section("What was taught", *blocks)


def _policy(pack: Pack) -> list[dict[str, Any]]:
    read = Counter(row["policy_version"] for row in _rows(pack, "acknowledgements"))
    versions = [
        [str(row["version"]), _day(row["published_at"]), row["published_by"], row["note"], str(read[row["version"]]),
         _digest(row["sha256"])]
        for row in reversed(_rows(pack, "policy-versions"))
    ]  # fmt: skip
    heads = {"Version": 0.7, "Published": 1.2, "By": 1.4, "Note": 1.8, "Read by": 0.7, "Words (SHA-256)": 2.6}
    stances = [[each.ask, each.label, wording.chosen(each.chosen)] for each in pack.choices]
    found = [_section(
        "The policy",
        _text(wording.NO_POLICY) if not versions else None,
        _table("Versions of the policy", heads, versions),
        {"kind": "heading", "words": "What the school had chosen", "level": 2} if stances else None,
        _table("Choices", {"Question": 2.6, "Answer": 2.2, "Chosen by the school": 1.2}, stances),
    )]  # fmt: skip
    if pack.policies:
        number, (_, words) = list(pack.policies.items())[-1]
        found.append(_section(wording.in_force(words.title, number), *blocks_of(words)))
    return found


def _accounts(pack: Pack) -> dict[str, Any]:
    rows = [
        [f"{row['account']}\n{row['platform']}", "\n".join(filter(None, (row["stood"].capitalize(), row["why_not"]))),
         f"{row['first_responsible']}\n{row['second_responsible']}", _written_day(row["review_on"]),
         "\n".join(filter(None, (row["written_by"], row["second_signature_by"])))]
        for row in _rows(pack, "accounts")
    ]  # fmt: skip
    heads = {"Account": 1.6, "That day": 1.6, "Who looks after it": 1.6, "Review by": 1, "Written, and signed off by": 1.6}
    none = None if rows else _text(wording.NO_ACCOUNTS)
    return _section("The register of approved accounts", none, _table("Approved accounts", heads, rows))


def _evidence(pack: Pack) -> dict[str, Any]:
    """The head of the chain, and how it is checked."""
    if pack.head is None:
        return _section("")
    heads = {"Entry": 0.6, "Of": 1.4, "Head of the chain when this was made": 3}
    row = [f"{pack.head.n:,}", day_and_clock(pack.head.at, date.min), _digest(pack.head.head)]
    ways = [wording.verify(pack.head.head), *([wording.verify_alone(pack.head.head)] if pack.asked.person_id is None else [])]
    return _section(
        "The chain of evidence",
        _table("Head", heads, [row]),
        *(_text(each) for each in PROVES),
        {"kind": "list", "items": [*ways, wording.KEEP_IT]},
    )


def _files(files: Sequence[File | Written]) -> dict[str, Any]:
    """What lies beside the document, each file with its SHA-256."""
    rows = [[each.path, each.about, _digest(each.sha256)] for each in files]
    heads = {"File": 1.7, "What it holds": 3.4, "SHA-256": 1.6}
    return _section("What lies beside this", _text(wording.FILES), _table("Files", heads, rows))


def _rows(pack: Pack, name: str) -> Sequence[Mapping[str, Any]]:
    return next((each.rows for each in pack.sheets if each.name == name), ())


def _day(moment: str) -> str:
    """The day of a moment as the sheets have it, in the school's time."""
    return short_in_full(local(datetime.fromisoformat(moment)).date())


def _maybe(day: date | None) -> str:
    return short_in_full(day) if day else ""


def _written_day(day: str) -> str:
    return short_in_full(date.fromisoformat(day))


def _digest(sha256: str) -> str:
    """A SHA-256 in two lines, since nothing breaks it."""
    return f"{sha256[:32]}\n{sha256[32:]}" if sha256 else ""
