"""Ratings that depend on the school."""

import pytest

from induction.content.conditions import NotARule, faults, holds, in_force, parse_rule, rate
from induction.content.model import Facet, Rating, School, Stance
from tests.choices import chosen

FACETS = {
    "contact": Facet("contact", "", "", (Stance("none", "", ""), Stance("platforms", "", ""), Stance("accounts", "", ""))),
    "phone": Facet("phone", "", "", (Stance("never", "", ""), Stance("trips", "", ""))),
}


def rated(rule, school):
    return str(rate(parse_rule(rule), school, FACETS))


@pytest.mark.parametrize(
    ("rule", "choices", "rating"),
    [
        ("best", {}, "best"),
        ("breach; best if contact is accounts", {}, "breach"),
        ("breach; best if contact is accounts", {"contact": "accounts"}, "best"),
        ("breach; best if contact is none", {}, "best"),  # the strictest stance holds until the school chooses
        ("breach; best if contact is none", {"contact": "gone"}, "best"),  # so too if its choice is no longer offered
        ("fine; poor if contact is not none", {"contact": "platforms"}, "poor"),
        ("fine; poor if contact is not none", {}, "fine"),
        ("poor; best if contact is none and phone is trips", {}, "poor"),
        ("poor; best if contact is none and phone is trips", {"phone": "trips"}, "best"),
        ("poor; best if contact is accounts or phone is never", {}, "best"),
        # `and` before `or`
        ("poor; best if contact is none or contact is accounts and phone is trips", {"contact": "none", "phone": "never"}, "best"),
        ("poor; best if contact is none or contact is accounts and phone is trips", {"contact": "accounts", "phone": "never"}, "poor"),
        # the first that holds wins, even against a later one
        ("poor; fine if contact is none; best if phone is never", {}, "fine"),
        ("poor; fine if contact is accounts; best if phone is never", {}, "best"),
        ("  poor ;best  if\ncontact   is none ", {}, "best"),
    ],
)
def test_ratings_under_a_policy(rule, choices, rating):
    assert rated(rule, School("S", choices=chosen(choices))) == rating


@pytest.mark.parametrize(
    ("school", "rating"),
    [
        (School("S", nation="wales", phase="primary"), "best"),
        (School("S", nation="scotland", phase="secondary"), "poor"),
        (School("S", nation="scotland", phase="all-through"), "fine"),
        (School("S", nation="england", phase="primary"), "fine"),
    ],
)
def test_nation_and_phase_serve_as_facets(school, rating):
    assert rated("poor; best if nation is wales; fine if phase is primary", school) == rating


def test_an_all_through_school_is_both_phases():
    both = School("S", phase="all-through")
    rule = parse_rule("poor; best if phase is primary and phase is secondary")
    assert rate(rule, both, FACETS) is Rating.BEST
    assert not holds(parse_rule("poor; best if phase is not primary").cases[0][1], both, FACETS)


def test_the_cautious_stance_is_in_force_until_the_school_chooses():
    assert in_force(School("S"), FACETS["contact"]).name == "none"
    assert in_force(School("S", choices=chosen({"contact": "accounts"})), FACETS["contact"]).name == "accounts"


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("great", 'unknown rating "great"; '),
        ("Best", 'unknown rating "Best"; write "best"'),
        ("", 'unknown rating ""; '),
        ("best if contact is none", 'the rating "best if contact is none" has no rating for all other schools; '),
        ("poor; best", '"best" is no rating with a condition; write `best if FACET is STANCE`'),
        ("poor; bets if contact is none", 'unknown rating "bets"; write "best"'),
        ("poor; best if", '"best if" is no rating with a condition'),
        ("poor;", '"" is no rating with a condition'),
        ("poor; best if contact is none or accounts", '"accounts" can\'t be read; write `FACET is STANCE`'),
        ("poor; best if (contact is none)", '"(contact is none)" can\'t be read; write `FACET is STANCE`'),
        ("poor; best if contact = none", '"contact = none" can\'t be read; '),
        ("poor; best if contact is none, phone is never", '"contact is none, phone is never" can\'t be read; '),
        ("poor; best if not contact is none", '"not contact is none" can\'t be read; '),
        ("poor; best if contact is none and", '"contact is none and" can\'t be read; '),
    ],
)
def test_rules_that_cant_be_read(rule, said):
    with pytest.raises(NotARule) as fault:
        parse_rule(rule)
    assert str(fault.value).startswith(said)


def test_names_that_are_not_known():
    rule = parse_rule("poor; best if contct is none and phone is nver; fine if phase is all-through or contct is x")
    assert faults(rule, FACETS) == [
        'unknown facet "contct"; write "contact"',
        'unknown stance "nver" of phone; write "never"',
        'unknown phase "all-through"; known are: primary, secondary',
    ]
    assert faults(parse_rule("poor; best if nation is cymru"), FACETS) == [
        'unknown nation "cymru"; known are: england, northern-ireland, scotland, wales'
    ]
