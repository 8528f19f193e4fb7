"""How scenarios were judged, as a lead reads it who knows no statistics."""

from __future__ import annotations

from datetime import date

from ..rules.item_figures import Apart, Change, Look, Way, Whom, Wise
from .dates import MONTHS

HOW_COUNTED = (
    "Counted is the first choice of each person in each scenario, in a try that they finished. “Wisely” is best or fine.",
    "Figures are of this school year and the last. They are counted once a night, in tens: ten teachers, or ten mentors, who have"
    " signed in themselves and been here for a week. Leads are not counted. Somebody counts as what they were when they answered.",
    "No name stands here, and nobody can be worked out: a figure changes only when ten more are in, so that two days, or two pages,"
    " differ by ten people or by none. Of fewer than ten nothing is told.",
    "“No clear change” is said where chance alone makes as much of a difference among so few people.",
    "What is counted stays when answers go. A scenario with other words, or that your policy judges otherwise, begins anew.",
)
NOTHING_YET = (
    "Figures appear once ten teachers, or ten mentors, have met a scenario and finished the try, so that no figure points at a"
    " person. Counted, once a night, are people other than leads who have signed in themselves and have been here for a week."
)
APART = {
    Apart.CLEARLY: "clearly",
    Apart.A_LITTLE: "a little",
    Apart.NOT: "no",
    Apart.AGAINST: "the wrong way round",
    Apart.UNKNOWN: "too few to say",
}
LOOK = {Look.AGAINST: "May mislead", Look.ALL_RIGHT: "Nearly everybody is right"}
WHY_LOOK = {
    Look.AGAINST: "Those who judge the other scenarios of a try wisely go wrong here more often than the rest. The words may mislead,"
    " or what is called best is not what you ask of staff.",
    Look.ALL_RIGHT: "At least 95 of 100 choose wisely here. It may be too plain: one choice gives itself away, or everybody knows this"
    " already.",
}
WHAT_TO_DO = {
    Look.AGAINST: "Read it with a colleague, beside your policy and what was noted on it. If it is wrong, put it aside until it is mended.",
    Look.ALL_RIGHT: "Keep it if it is there to encourage. Else have the other choices made more tempting, or put it aside.",
}
WHOM = {Whom.TEACHER: "Teachers", Whom.MENTOR: "Mentors"}


def out_of(wise: Wise) -> str:
    """*14 of 20*."""
    return f"{wise.wise:,} of {wise.people:,}"


def judged_wisely(wise: Wise) -> str:
    """*14 of 20 judged it wisely.* Of so many people."""
    if wise.wise == wise.people:
        return f"All {wise.people:,} judged it wisely."
    return f"{out_of(wise) if wise.wise else f'None of {wise.people:,}'} judged it wisely."


def how_all_judge(wise: Wise) -> str:
    """The sentence under the title: of all that is counted."""
    return f"{wise.wise:,} of {wise.people:,} first choices were wise, this school year and last."


def draws(people: int, label: str) -> str:
    """*6 chose “Reply at once.”*: the unwise choice that draws most."""
    return f"{people:,} chose “{label}”"


def change(of: Change) -> str:
    """*better: 90 in every 100 this school year, 60 last*"""
    if of.now and of.before:
        said = {Way.BETTER: "better", Way.WORSE: "less well", Way.SAME: "no clear change"}[of.way]
        return f"{said}: {of.now.of_100} in every 100 this school year, {of.before.of_100} last"
    return "last school year’s; too few yet in this one" if of.before else "nothing to compare with yet"


def tells_apart(apart: Apart) -> str:
    """Whether it tells who is prepared from who is not, in a sentence."""
    return {
        Apart.CLEARLY: "It tells well who is prepared: whoever judged it wisely did clearly better with the other scenarios of the same"
        " try.",
        Apart.A_LITTLE: "It tells a little of who is prepared: whoever judged it wisely did somewhat better with the other scenarios"
        " of the same try.",
        Apart.NOT: "It does not tell who is prepared: whoever judged it wisely did about as well with the other scenarios of the same"
        " try as whoever did not.",
        Apart.AGAINST: "It points the wrong way: whoever judged it wisely did less well with the other scenarios of the same try than"
        " whoever did not.",
        Apart.UNKNOWN: "Whether it tells who is prepared can’t be said yet. That takes 20 people, five of them who judged it wisely"
        " and five who did not.",
    }[apart]


def since(first: date, people: int) -> str:
    """*20 people, since September 2026, in the words it has today.*"""
    return f"{people:,} people, since {MONTHS[first.month - 1]} {first.year}, in the words it has today."
