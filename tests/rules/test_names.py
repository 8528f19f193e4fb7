"""What people are called where two are named alike."""

from dataclasses import dataclass

from induction.rules import names


@dataclass(frozen=True)
class One:
    id: int
    name: str
    email: str


SAM, SAM_TOO = One(1, "Sam Reed", "sam.reed@x.example"), One(2, "SAM  Réed", "s.reed@x.example")
TESS = One(3, "Tess Okafor", "tess@x.example")


def test_a_name_stands_alone_where_it_is_the_only_one():
    assert names.told_apart([SAM, TESS]) == {1: "Sam Reed", 3: "Tess Okafor"}
    assert names.told_apart([SAM, SAM]) == {1: "Sam Reed"}
    assert names.told_apart([]) == {}


def test_the_address_stands_beside_names_that_look_alike():
    alike = {1: "Sam Reed, sam.reed@x.example", 2: "SAM  Réed, s.reed@x.example"}
    assert names.told_apart([SAM, SAM_TOO, TESS]) == {**alike, 3: "Tess Okafor"}
    assert names.told_apart([SAM], {"sam reed"}) == {1: alike[1]}


def test_first_names_are_whole_where_two_have_one():
    assert names.first([SAM, TESS]) == {1: "Sam", 3: "Tess"}
    price = One(6, "Sam Price", "price@x.example")
    assert names.first([SAM, price]) == {1: "Sam Reed", 6: "Sam Price"}
    assert names.first([SAM, SAM_TOO])[2] == "SAM  Réed, s.reed@x.example"
