"""Links that open somebody's own mail program."""

from urllib.parse import parse_qs, unquote, urlsplit

from induction.web.parts.write_to import LONGEST, write_to, write_to_all
from induction.wording.letters import Letter

LETTER = Letter("An induction & more", "Hello,\n\nis 100 % done? It’s a + b.")


def fields(address):
    return {name: said[0] for name, said in parse_qs(urlsplit(address).query).items()}


def test_a_letter_keeps_its_words():
    address = write_to(LETTER, "o’neil+x@school.example")
    assert unquote(urlsplit(address).path) == "o’neil+x@school.example"
    assert fields(address) == {"subject": LETTER.subject, "body": LETTER.words.replace("\n", "\r\n")}
    assert " " not in address and "\n" not in address


def test_several_people_stand_in_blind_copy():
    [address] = write_to_all(LETTER, ["a@x.example", "b&c@x.example"])
    assert urlsplit(address).path == ""
    assert fields(address)["bcc"] == "a@x.example,b&c@x.example"


def test_a_long_list_becomes_several_letters_and_leaves_nobody_out():
    emails = [f"teacher.number.{n}@wrenfield.example" for n in range(200)]
    addresses = write_to_all(LETTER, emails)
    assert len(addresses) > 3 and all(len(each) <= LONGEST for each in addresses)
    assert [email for each in addresses for email in fields(each)["bcc"].split(",")] == emails
    assert write_to_all(LETTER, []) == []
