"""What leads should know of how the site is looked after: what the doctor finds, a restore, facts that have aged."""

from __future__ import annotations

from datetime import date, timedelta

from ...content.conditions import in_force, not_allowed
from ...records.store.restore import last_put_back
from ...services.programme import Programme
from ...wording.upkeep import aged_facts, aged_lessons, another_answer, put_back
from ..site import current_programme, now, site, today

A_YEAR = timedelta(days=365)
TOLD_FOR = timedelta(days=14)  # after a restore


def notices() -> list[str]:
    """What stands on the overview until it is seen to, each with what to do. Empty in the demonstration's good hands."""
    found = [f"For whoever looks after the server: {each.words} {each.what_to_do}" for each in site().readiness.unwell()]
    back = last_put_back(site().settings.data)
    if back and now() - back.at < TOLD_FOR:
        found.append(put_back(back.at, back.latest, back.records_alone))
    programme = current_programme()
    return found + _not_allowed(programme) + _aged(programme, today())


def _not_allowed(programme: Programme) -> list[str]:
    """Answers to the policy's questions that the law of the school's nation doesn't allow."""
    facets, school = programme.library.facets.values(), programme.school
    chosen = [(facet, stance) for facet in facets if (stance := not_allowed(school, facet))]
    return [another_answer(facet.ask, stance.label, in_force(school, facet).label) for facet, stance in chosen]


def _aged(programme: Programme, day: date) -> list[str]:
    """Facts and lessons that nobody has looked at for a year."""
    facts = [fact.name for fact in programme.library.facts.values() if fact.checked and fact.checked < day - A_YEAR]
    lessons = [lesson.title for _, lesson in programme.lessons if lesson.reviewed and lesson.reviewed < day - A_YEAR]
    found = []
    if facts:
        found.append(aged_facts(facts))
    if lessons:
        found.append(aged_lessons(lessons))
    return found
