"""Ratings that depend on the school: `[breach; best if pupil-contact is approved-accounts]`."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from .model import NATIONS, PHASES, Condition, Facet, Rating, RatingRule, School, Stance, Term
from .problems import instead, short

RATINGS = tuple(str(rating) for rating in Rating)
TERM = re.compile(r"(?P<facet>\S+) is (?P<not>not )?(?P<stance>\S+)")
MOST_TERMS = 200  # in one rating; far above any that a person could read


class NotARule(Exception):
    """A rating can't be read. The message says what is wrong; what to write instead."""


def parse_rule(text: str) -> RatingRule:
    """Read what stands between the brackets. Raises NotARule; which names are known is for `faults` to say."""
    first, *rest = (" ".join(piece.split()) for piece in text.split(";"))
    otherwise = _rating(first)
    if sum(piece.count(" is ") for piece in rest) > MOST_TERMS:
        raise NotARule(f"this rating names more than {MOST_TERMS} stances; write a shorter one")
    return RatingRule(otherwise, tuple(_case(piece) for piece in rest))


def _rating(word: str) -> Rating:
    if word in RATINGS:
        return Rating(word)
    if " if " in f"{word} ":
        raise NotARule(f'the rating "{short(word)}" has no rating for all other schools; write `[poor; {short(word)}]`, say')
    raise NotARule(f'unknown rating "{short(word)}"; {instead(word, RATINGS)}')


def _case(text: str) -> tuple[Rating, Condition]:
    rating, found, condition = text.partition(" if ")
    if not found:
        raise NotARule(f'"{short(text)}" is no rating with a condition; write `best if FACET is STANCE`')
    return _rating(rating), Condition(
        tuple(tuple(_term(term) for term in terms.split(" and ")) for terms in condition.split(" or "))
    )


def _term(text: str) -> Term:
    match = TERM.fullmatch(text.strip())
    if match is None or any(bracket in text for bracket in "()"):
        raise NotARule(
            f'"{short(text)}" can\'t be read; write `FACET is STANCE` or `FACET is not STANCE`, '
            "join them with `and` and `or`, without brackets, and name the facet each time"
        )
    return Term(match["facet"], match["stance"], bool(match["not"]))


def faults(rule: RatingRule, facets: Mapping[str, Facet]) -> list[str]:
    """What names facets or stances that there are not, each fault said once."""
    found = (
        unknown(term.facet, term.stance, facets)
        for _, condition in rule.cases
        for terms in condition.any_of
        for term in terms
    )
    return list(dict.fromkeys(fault for fault in found if fault))


def unknown(facet: str, stance: str, facets: Mapping[str, Facet]) -> str | None:
    """What is wrong with a facet and a stance, and what to write instead; None where both are known."""
    known = values(facet, facets)
    if known is None:
        return f'unknown facet "{short(facet)}"; {instead(facet, [*facets, "nation", "phase"])}'
    if stance not in known:
        what, of = (facet, "") if facet in ("nation", "phase") else ("stance", f" of {facet}")
        return f'unknown {what} "{short(stance)}"{of}; {instead(stance, known)}'
    return None


def values(facet: str, facets: Mapping[str, Facet]) -> Collection[str] | None:
    """The stances that may be named of a facet, or None where there is no such facet."""
    if facet == "nation":
        return NATIONS
    if facet == "phase":
        return PHASES[:2]  # an all-through school is both, so nobody needs to name it
    return [stance.name for stance in facets[facet].stances] if facet in facets else None


def takes(school: School, facets: Mapping[str, Facet], facet: str, stance: str) -> bool:
    """Whether a school is in a nation or phase, or stands where a stance says."""
    if facet == "nation":
        return school.nation == stance
    if facet == "phase":
        return school.has_phase(stance)
    return facet in facets and in_force(school, facets[facet]).name == stance


def chosen(school: School, facet: Facet) -> Stance | None:
    """The stance that a school has chosen; None where it has not, or where its choice is no longer offered there."""
    choice = school.choices.get(facet.name)
    stance = facet.stance(choice.stance) if choice else None
    return stance if stance and stance.allowed_in(school.nation) else None


def not_allowed(school: School, facet: Facet) -> Stance | None:
    """The stance that a school has chosen and the law of its nation doesn't allow; it is not in force."""
    choice = school.choices.get(facet.name)
    stance = facet.stance(choice.stance) if choice else None
    return stance if stance and not stance.allowed_in(school.nation) else None


def in_force(school: School, facet: Facet) -> Stance:
    """The stance that applies at a school: the one that it has chosen, else the cautious one."""
    return chosen(school, facet) or facet.cautious


def holds(condition: Condition, school: School, facets: Mapping[str, Facet]) -> bool:
    """Whether a condition holds for a school."""
    return any(
        all(takes(school, facets, term.facet, term.stance) is not term.negated for term in terms)
        for terms in condition.any_of
    )


def rate(rule: RatingRule, school: School, facets: Mapping[str, Facet]) -> Rating:
    """The rating for a school: that of the first condition that holds, else the one before the first `;`."""
    return next((rating for rating, condition in rule.cases if holds(condition, school, facets)), rule.otherwise)
