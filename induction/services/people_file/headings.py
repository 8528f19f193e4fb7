"""What the columns of a file of people are called by the systems that schools export it from, and what roles are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ...rules.roles import Role
from ...rules.text import folded

_LONGEST = 200  # characters of a heading that are looked at


class Column(StrEnum):
    """What a column says of a person; the value is how a message calls it."""

    NAME = "name"
    FORENAME = "forename"
    SURNAME = "surname"
    CALLED = "preferred name"  # a forename, or a whole name
    EMAIL = "email"
    ROLE = "role"
    MENTOR = "mentor"
    DUE = "due"
    GROUPS = "groups"
    START = "start date"
    LEFT = "leaving date"  # or a word such as *Leaver*


# Of several columns that could say the same, the one that stands in the earlier row here is meant. Two of one row: nobody can
# tell. Written without spaces, signs and capitals, as `plain` makes them.
_NAMES: dict[Column, tuple[str, ...]] = {
    Column.NAME: ("name fullname wholename staffname displayname employeename staffmember staffmembername teachername nameofstaff",),
    Column.CALLED: ("preferredname chosenname knownas knownasname calledname",),
    Column.FORENAME: (
        "preferredforename preferredfirstname chosenforename chosenfirstname",
        "forename forenames firstname firstnames givenname givennames legalforename legalfirstname",
    ),
    Column.SURNAME: (
        "preferredsurname preferredlastname chosensurname chosenlastname",
        "surname lastname familyname legalsurname legallastname",
    ),
    Column.EMAIL: (
        "workemail workemailaddress schoolemail schoolemailaddress emailwork staffemail staffemailaddress professionalemail"
        " workmail schoolmail",
        "primaryemail primaryemailaddress mainemail mainemailaddress mainprofessionalemail",
        "email emailaddress mail mailaddress emails emailaddresses teacheremail",
        "upn userprincipalname",
    ),
    Column.ROLE: ("role inductionrole roleininduction",),
    Column.MENTOR: (
        "mentoremail mentoremailaddress mentorsemail mentorsemailaddress emailofmentor inductionmentoremail",
        "mentor mentorname mentorsname nameofmentor inductionmentor namedmentor",
        "linemanageremail linemanageremailaddress linemanagersemail manageremail manageremailaddress managersemail",
        "linemanager linemanagername manager managername reportsto",
    ),
    Column.DUE: (
        "due duedate dueby dueon inductiondue inductionduedate",
        "deadline targetdate completeby completebydate tobedoneby tobecompletedby completionby finishby mustbecompletedby"
        " completedby inductiondeadline",
    ),
    Column.GROUPS: ("groups staffgroups groupsofstaff",),
    Column.START: (
        "start startdate starts startingdate firstday dateofstart dateofstarting joiningdate dateofjoining joindate datejoined"
        " dateofentry",
        "employmentstartdate employmentstart contractstartdate contractstart servicestartdate startdateinschool schoolstartdate"
        " dateofarrival arrivaldate",
    ),
    Column.LEFT: (
        "end ends leavingdate dateofleaving leavedate dateleft leftdate leaver leavers enddate lastday dateofleave"
        " employmentenddate employmentend contractenddate contractend",
        "status employmentstatus staffstatus employeestatus",
    ),
}
_RANKS = {word: (column, rank) for column, rows in _NAMES.items() for rank, row in enumerate(rows) for word in row.split()}
_BEGINS = re.compile("completeby|completedby|tobecompletedby|tobedoneby")  # complete by end of term
_ASIDE = re.compile(r"\[[^\]]*\]|\([^)]*\)")  # Email Address [Required]


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the columns stand, counted from 0; several where the first that isn't empty is meant."""

    at: dict[Column, tuple[int, ...]]
    left_alone: tuple[int, ...]
    twice: dict[Column, tuple[int, int]]  # two columns that could each be meant

    @property
    def suffice(self) -> bool:
        """Whether this is a line of headings: it says where the email is, and one thing more."""
        return Column.EMAIL in self.at and len(self.at) > 1

    @property
    def name_people(self) -> bool:
        return bool({Column.NAME, Column.CALLED, Column.FORENAME, Column.SURNAME} & set(self.at))


def plain(heading: str) -> str:
    """A heading without what people and systems write differently: *E-mail Address [Required]* as *emailaddress*."""
    return "".join(sign for sign in folded(_ASIDE.sub("", heading[:_LONGEST])) if sign.isalnum())


def headings(cells: Sequence[str]) -> Headings:
    """What the cells of a line say as headings."""
    found: dict[Column, dict[int, list[int]]] = {}
    for place, cell in enumerate(cells):
        word = plain(cell) if cell else ""
        column, rank = _RANKS.get(word) or ((Column.DUE, 1) if _BEGINS.match(word) else (None, 0))
        if column:
            found.setdefault(column, {}).setdefault(rank, []).append(place)
    at: dict[Column, tuple[int, ...]] = {}
    twice = {}
    for column, ranks in found.items():
        best = ranks[min(ranks)]
        if len(best) > 1:
            twice[column] = (best[0], best[1])
        several = column in (Column.FORENAME, Column.SURNAME)
        at[column] = tuple(places[0] for _, places in sorted(ranks.items())) if several else (best[0],)
    read = {place for places in at.values() for place in places}
    left = tuple(place for place, cell in enumerate(cells) if cell.strip() and place not in read)
    return Headings(at, left, twice)


_ROLES = {
    **dict.fromkeys(("teacher", "teachers"), Role.TEACHER),
    **dict.fromkeys(("mentor", "mentors", "inductionmentor", "inductionmentors"), Role.MENTOR),
    **dict.fromkeys(("lead", "leads", "inductionlead", "inductionleads"), Role.LEAD),
}
# Job titles, which say nothing of a role here. A title that anybody could take for one of ours is not among them.
_JOBS = frozenset(
    "classteacher classroomteacher subjectteacher supplyteacher coverteacher traineeteacher studentteacher teachertrainee"
    " formtutor instructor ect ects ect1 ect2 nqt nqts rqt earlycareerteacher newlyqualifiedteacher trainee pgce"
    " ta tas hlta teachingassistant higherlevelteachingassistant classroomassistant learningsupportassistant lsa"
    " coversupervisor middaysupervisor lunchtimesupervisor middayassistant caretaker siteofficer cleaner cook"
    " kitchenassistant technician sciencetechnician librarian nurse schoolnurse receptionist secretary officestaff"
    " supportstaff staff teachingstaff volunteer governor volunteers governors supply peripatetic peripateticteacher"
    " sportscoach examsofficer attendanceofficer businessmanager".split()
)


def role(words: str) -> Role | None:
    """The role that a cell names; None for a job title, which says nothing of it. Raises ValueError for anything else."""
    word = plain(words)
    if word in _ROLES:
        if _ASIDE.search(words):  # Mentor (former)
            raise ValueError(words)
        return _ROLES[word]
    if word in _JOBS or re.fullmatch("teacherof[a-z]+|(?:maths|english|science|music|art|pe|history|geography)teacher", word):
        return None
    raise ValueError(words)
