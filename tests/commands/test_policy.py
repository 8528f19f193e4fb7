"""policy show, set, publish."""

import json
import sqlite3
from contextlib import closing

import pytest

from induction.content.reading import library
from induction.settings import HOME
from tests.commands.outcomes import refused


def test_the_policy_is_shown_as_default_until_it_is_set(peopled):
    facets = library.read(HOME, None).library.facets
    before = peopled("policy", "show")
    assert before.out.count("(default: not chosen yet)") == len(facets) and before.code == 0
    facet = facets["pupil-contact"]
    done = peopled("policy", "set", facet.name, facet.stances[-1].name)
    assert done.code == 0 and done.out == "" and "version 1" in done.err
    shown = json.loads(peopled("policy", "show", "--format", "json").out)
    chosen = next(each for each in shown["facets"] if each["facet"] == facet.name)
    assert (shown["version"], chosen["stance"], chosen["chosen"]) == (1, facet.stances[-1].name, True)
    assert peopled("policy", "set", facet.name, facet.stances[-1].name).code == 0
    assert json.loads(peopled("policy", "show", "--format", "json").out)["version"] == 1, (
        "the same again is no new version"
    )


def test_what_the_law_of_the_nation_does_not_allow_is_refused_with_the_reason(peopled, data):
    elsewhere = library.read(HOME, None).library.facets["phone-searches"].stance("authorised-staff").elsewhere
    assert peopled("policy", "set", "phone-searches", "authorised-staff").code == 0
    move_to(data, "wales")
    assert refused(peopled("policy", "set", "phone-searches", "authorised-staff"), elsewhere, "can’t be chosen in your nation")
    shown = json.loads(peopled("policy", "show", "--format", "json").out)
    [searches] = [each for each in shown["facets"] if each["facet"] == "phone-searches"]
    assert (searches["stance"], searches["chosen"], searches["words"]) == ("head-and-safeguarding-lead", False, "")
    assert searches["stances"] == ["head-and-safeguarding-lead"]


def move_to(data, nation):
    with closing(sqlite3.connect(data / "induction.db")) as records, records:
        records.execute("update school set nation = ?, revision = revision + 1", [nation])


def test_a_file_is_published_as_the_whole_policy(peopled, tmp_path):
    text = tmp_path / "policy.md"
    text.write_text("\ufeff## Being in touch {#pupil-contact}\r\n\r\nNever online, at {{ school }}.\r\n", encoding="utf-8")
    done = peopled("policy", "publish", str(text))
    assert done.code == 0 and done.out == "" and "version 1 of the policy" in done.err
    shown = json.loads(peopled("policy", "show", "--format", "json").out)
    assert (shown["version"], shown["asks_for"], len(shown["sha256"])) == (1, 1, 64)
    text.write_bytes("# Our policy\n\n## Photos\n\nAsk first.".encode("utf-16"))
    assert peopled("policy", "publish", str(text)).code == 0
    assert json.loads(peopled("policy", "show", "--format", "json").out)["version"] == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (b"", "is empty"),
        (b"   \n", "is empty"),
        (b"caf\xe9", "UTF-8"),
        (b"a\n\nb\0c", ":3:"),
        (b"[x](javascript:1)", ":1:"),
        (b"x" * 300_000, "more than 262,144 bytes"),
        ("Wait\n\nSir\U000f4005".encode(), ":3: this line holds a sign that can't be shown (U+F4005)"),
        (b"Wait.\n\n~~Never~~ reply.", ":3: words aren't struck out here"),
        (b"{{ headmaster }}", "headmaster"),
    ],
)
def test_a_file_that_will_not_do_is_not_published(peopled, tmp_path, words, said):
    text = tmp_path / "policy.md"
    text.write_bytes(words)
    assert refused(peopled("policy", "publish", str(text)), said, "Nothing was ")
    assert json.loads(peopled("policy", "show", "--format", "json").out)["version"] == 0


def test_a_policy_that_is_not_there_is_not_published(peopled, tmp_path):
    assert refused(peopled("policy", "publish", str(tmp_path / "none.md")), "none.md")
    assert refused(peopled("policy", "publish", str(tmp_path)), str(tmp_path))
