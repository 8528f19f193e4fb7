"""The typesetter: what is data stays data, each letter is there or is told, and it can be ended."""

import sys
from datetime import UTC, datetime

import pytest

from induction.bridges import typesetting
from induction.bridges.typesetting import Document, NotSet
from tests import pdf

AT = datetime(2026, 11, 18, 9, tzinfo=UTC)
SOURCE = """#let data = json("data.json")
#set document(title: data.name)
#set text(lang: "en", region: "GB")
#data.name
#if "unset" in data [Lacking: #data.unset.join(", ")]
"""
NAMES = ['#panic("x") *a* _b_ $x$ `c` <d> @e', "=1+1", "Siân Ŵyn Ŷnys", "O’Brien-Łukasz", "\\#sym"]
ENDLESS = SOURCE + "#let all = range(4000)\n#all.map(a => all.map(b => all.map(c => a + b + c)).len())"


def documents(*names):
    return [Document({"name": name}, AT) for name in names]


def test_what_is_data_is_never_markup():
    made = typesetting.pdfs(SOURCE, documents(*NAMES))
    assert [pdf.text(each).strip() for each in made] == NAMES
    assert "typst" not in sys.modules, "the server does not load it"


def test_it_is_tagged_and_the_same_bytes_each_time():
    one, again = (typesetting.pdf(SOURCE, *documents("Tess Okafor")) for _ in range(2))
    about = pdf.about(one)
    assert one == again
    assert about["Tagged"] == "yes" and about["Title"] == "Tess Okafor" and about["CreationDate"].startswith("Wed Nov 18")
    assert b"pdfuaid:part" in one and b"/Lang(en-GB)" in one.replace(b" ", b"")


def test_a_letter_that_no_font_has_is_told():
    said = pdf.text(typesetting.pdf(SOURCE, *documents("Ana \U00012000 and אברהם")))
    assert "Ana [U+12000] and " in said and "Lacking: U+12000 cuneiform sign a" in said
    assert "םהרבא" in said or "אברהם" in said


@pytest.mark.parametrize(
    ("source", "memory", "words"),
    [
        (SOURCE + '#image("a.png")', typesetting.MEMORY, "file not found"),
        ("Without a title", typesetting.MEMORY, "title"),
        (ENDLESS, typesetting.MEMORY, "it took too long, or more memory than there is for it"),
        (SOURCE + "#range(20000000).len()", 300 * 2**20, "it took too long, or more memory than there is for it"),
    ],
)
def test_what_can_t_be_set_is_said(source, memory, words):
    with pytest.raises(NotSet, match=words):
        typesetting.pdf(source, *documents("Tess"), seconds=1, memory=memory)
