"""The trial with fresh readers: what their papers hold, and what their answers are worth."""

from collections import Counter
from fractions import Fraction

import pytest

from induction.content.conditions import in_force
from induction.content.model import NATIONS, Rating
from induction.content.reading import library as libraries
from tests.content.reading import marking, papers, policies
from tests.content.reading.__main__ import HOME, main
from tests.content.reading.text import as_text

QUIZ = """\
## A late message {#late-one .messages}

Sam writes **late**, at {{ school }}.

- [best] Wait until nine.

  > Nothing is lost.

- [fine; best if pupil-contact is accounts] Ask {{ headteacher }}.

  > It is kind.

- [breach] Answer.

  > It tempts. [A minute later](#reply-one)

## The group {#group-one .parents .choose-all}

A parent adds you.

- [best] Leave it.

  > Tidy.

- [fine] Say why.

  > Plain.

- [poor] Mute it.

  > Half.

- [breach] Post a picture.

  > Never.
""".replace(" [A minute later](#reply-one)", "")


@pytest.fixture
def library(folder):
    folder.quiz(QUIZ)
    assert folder.read().problems == ()
    return folder.read().library


@pytest.fixture(scope="module")
def shipped():
    return libraries.read(HOME, None).library


def asked(library, policy="strictest", seed=1):
    return papers.items(library, policies.school(policy, "england", "secondary", library), seed)


def of(library, scenario, policy="strictest"):
    return next(item for item in asked(library, policy) if item.scene.id == scenario)


def letters(item, *labels):
    return " ".join(letter for letter, option in item.lettered.items() if option.label in labels)


# Papers

def test_a_paper_of_situations(library):
    late, group = of(library, "late-one"), of(library, "group-one")
    text = papers.paper("situations", [late, group])
    assert text.startswith("These are 2 scenarios from a staff induction. For each, pick the one judged best.\nAnswer each")
    options = "\n".join(f"{letter}. {option.label}" for letter, option in zip("ABC", late.options, strict=True))
    assert f"## {late.number}\n\nSam writes late, at Fairmead School.\n\n{options}\n" in text
    assert f"## {group.number} (choose all that apply)\n\nA parent adds you.\n\nA. " in text


def test_a_paper_of_options_tells_no_situation(library):
    text = papers.paper("options", asked(library))
    assert "Ask Ingrid Dunne." in text and "Sam" not in text and "adds you" not in text


def test_a_paper_of_lessons_has_them_first_in_the_words_of_that_policy(folder):
    folder.lesson("/// policy | pupil-contact: none\nNone here.\n///\n\n/// policy | pupil-contact: accounts\nAccounts too.\n///\n")
    folder.quiz(QUIZ)
    library = folder.read().library
    for policy, said, unsaid in (("strictest", "None here.", "Accounts too."), ("open", "Accounts too.", "None here.")):
        lessons = papers.lessons(library, policies.school(policy, "england", "secondary", library))
        text = papers.paper("lessons", asked(library), lessons)
        assert text.index("# Lesson: Late messages") < text.index(said) < text.index("# The scenarios") < text.index("Sam writes")
        assert unsaid not in text


def test_no_paper_gives_anything_away(shipped):
    item_words = [
        words
        for item in asked(shipped)
        for words in (f"#{item.scene.id}", item.lesson, *(as_text(option.feedback).splitlines()[0] for option in item.options))
    ]
    for kind in ("options", "situations"):
        text = papers.paper(kind, asked(shipped))
        assert [words for words in item_words if words in text] == []
        assert not any(f"[{rating}" in text or f"({rating})" in text for rating in Rating)
    assert len(item_words) > 300


def test_every_scenario_of_the_phase_stands_on_one_of_two_papers(shipped):
    school = policies.school("strictest", "england", "primary", shipped)
    found = [*papers.items(shipped, school, 2), *papers.items(shipped, school, 3)]
    course = shipped.courses["professional-boundaries-online"]
    expected = [each for quiz in course.quizzes.values() for each in quiz.fitting(school)]
    times = Counter(item.scene.id for item in found)
    assert times == {each.id: 1 if each.twin else 2 for each in expected}
    half = [item.number for item in papers.items(shipped, school, 2)]
    assert half == list(range(1, len(half) + 1))
    assert all(sorted(option.number for option in item.options) == list(range(1, len(item.options) + 1)) for item in found)


def test_the_order_hangs_on_the_seed_alone(shipped):
    def order(policy, seed):
        return [(item.scene.id, [option.number for option in item.options]) for item in asked(shipped, policy, seed)]

    assert order("strictest", 1) == order("open", 1) == order("mixed", 1)
    assert order("strictest", 1) != order("strictest", 2)
    places = [item.options[0].number for item in asked(shipped)]
    assert {1, 2, 3, 4} <= set(places), "options are shuffled"


@pytest.mark.parametrize("singles", [0, 1, 5])
def test_a_paper_asks_one_of_each_pair_and_the_next_the_other(singles):
    pairs = [(("quiz", f"{n}a"), ("quiz", f"{n}b")) for n in range(6)]
    twins = {one: other for pair in pairs for one, other in (pair, pair[::-1])}
    alone = [("quiz", f"single{n}") for n in range(singles)]
    sides = set()
    for seed in range(0, 20, 2):
        first, second = (papers.one_of_each([*twins, *alone], twins, each) for each in (seed, seed + 1))
        assert all(len({*pair} & {*first}) == 1 for pair in pairs) and {*alone} <= {*first} & {*second}
        assert {*first, *second} == {*twins, *alone} and len(first) == len(second) == 6 + singles
        sides.add(tuple(sorted(first)))
    assert len(sides) > 3, "another seed, another choice"
    assert papers.one_of_each([("quiz", "0a")], twins, 1) == [("quiz", "0a")], "its twin is not on this paper"


def test_some_lessons_alone(shipped):
    school = policies.school("open", "scotland", "all-through", shipped)
    only = ["professional-boundaries-online/friend-requests", "boundaries-in-ten-minutes"]
    lessons = {item.lesson for item in papers.items(shipped, school, 1, only)}
    assert lessons == {"friend-requests", "the-essentials"}
    assert papers.lessons(shipped, school, only).count("# Lesson: ") == 2
    scenes = [item.scene.html for item in papers.items(shipped, school, 1, [*only, "professional-boundaries-online"])]
    assert len(scenes) == len(set(scenes)), "one drawn from a quiz on the paper stands there alone"


def test_a_page_as_text():
    html = (
        '<h2 id="a">Rules</h2>\n<p>One <strong>two</strong><br>three.</p><ol><li>First</li><li><p>Second</p><p>more</p></li></ol>'
        '<figure class="phone lit" role="group" aria-label="Your phone shows"><span aria-hidden="true">I</span><p>Hi</p></figure>'
        '<figure class="chat"><ol><li><p class="who">Sam</p><div><p>hey</p></div></li></ol></figure>'
        '<p hidden>Not this</p><table><tr><th>Who</th><th>When</th></tr></table>'
    )
    assert as_text(html).split("\n\n") == [
        "## Rules", "One two\nthree.", "1. First\n2. Second\n   more", "> Your phone shows\n> Hi", "> - Sam\n>   hey", "Who | When",
    ]


# Policies

def test_policies(shipped):
    taken = {
        policy: [
            facet.stances.index(in_force(policies.school(policy, "england", "primary", shipped), facet))
            for facet in shipped.facets.values()
        ]
        for policy in ("strictest", "open", "mixed")
    }
    counts = [len(facet.stances) for facet in shipped.facets.values()]
    assert taken["strictest"] == [0] * len(counts)
    assert taken["open"] == [count - 1 for count in counts]
    assert taken["mixed"] == [number % count for number, count in enumerate(counts)]


@pytest.mark.parametrize("nation", NATIONS)
def test_all_is_chosen_and_written(shipped, nation):
    for policy in ("strictest", "open", "mixed"):
        lessons = papers.lessons(shipped, policies.school(policy, nation, "secondary", shipped))
        assert "Fairmead School" in lessons and "cautious rule" not in lessons and "{{" not in lessons


def test_a_policy_from_a_file(library, tmp_path):
    file = tmp_path / "ours.yml"
    file.write_text("pupil-contact: platforms\n")
    school = policies.school(str(file), "england", "primary", library)
    assert school.choices["pupil-contact"].stance == "platforms"
    file.write_text("")
    assert policies.school(str(file), "england", "primary", library).choices["pupil-contact"].stance == "none"
    for words, wrong in (
        ("pupil-contacts: none", "there is no question pupil-contacts"),
        ("pupil-contact: nowhere", "write one of none, platforms, accounts"),
        ("none", "write `question: stance`"),
    ):
        file.write_text(words)
        with pytest.raises(policies.NoSuchPolicy, match=wrong):
            policies.school(str(file), "england", "primary", library)
    with pytest.raises(policies.NoSuchPolicy, match="write strictest, open, mixed"):
        policies.school("lenient", "england", "primary", library)


# Marking

def worth(library, scenario, *labels, policy="strictest"):
    item = of(library, scenario, policy)
    answers = marking.read_answers(f"{item.number} {letters(item, *labels)}", [item])
    return marking.mark([item], answers)[0].judgement


def test_answers_are_marked_as_the_product_marks(library):
    assert worth(library, "late-one", "Wait until nine.").mark == 1
    assert worth(library, "late-one", "Ask Ingrid Dunne.").mark == Fraction(1, 2)
    assert worth(library, "late-one", "Ask Ingrid Dunne.", policy="open").mark == 1
    assert worth(library, "late-one", "Answer.").rating is Rating.BREACH
    assert worth(library, "group-one", "Leave it.", "Say why.").mark == 1
    assert worth(library, "group-one", "Leave it.", "Say why.", "Mute it.").mark == Fraction(1, 2)
    assert worth(library, "group-one", "Leave it.", "Say why.", "Post a picture.").rating is Rating.BREACH


def test_answers_are_read_however_they_are_typed(library):
    late, group = of(library, "late-one"), of(library, "group-one")
    for one, several in (("{} B", "{} A C"), ("{}. b", "{}: a, c"), (" {}) B ", "{} CA"), ("{}B", "\n{} A,C\n")):
        text = f"{one.format(late.number)}\n{several.format(group.number)}\n"
        assert marking.read_answers(text, [late, group]) == {late.number: ("B",), group.number: ("A", "C")}


@pytest.mark.parametrize(("line", "wrong"), [
    ("{late} A B", "asks for one option"), ("{late} D", "has no D; write one of A B C"), ("9 A", "9 is not on this paper"),
    ("{late} A\n{late} B", "line 2: . is answered twice"), ("{late} ?", "as in `7 B`"), ("the first", "as in `7 B`"), ("{late}", "as in `7 B`"),
])
def test_an_answer_that_cannot_be_read_is_named_by_its_line(library, line, wrong):
    late = of(library, "late-one")
    with pytest.raises(marking.NoAnswer, match=wrong):
        marking.read_answers(line.format(late=late.number), [late])


@pytest.mark.parametrize("policy", ["strictest", "open", "mixed"])
def test_the_key_earns_the_full_mark(shipped, policy):
    found = asked(shipped, policy)
    answers = {item.number: tuple(marking.key(item) if item.scene.choose_all else marking.key(item)[:1]) for item in found}
    marked = marking.mark(found, answers)
    assert {each.judgement.mark for each in marked} == {1}
    assert 20 < marking.chance(found) < 40


def test_picking_blind_is_one_option_of_each(library):
    assert marking.chance([of(library, "late-one")]) == pytest.approx(50)  # 1, a half and 0
    assert marking.chance([of(library, "group-one")]) == pytest.approx(25)  # a half, a half, 0 and 0


def test_the_report(library):
    late, group = of(library, "late-one"), of(library, "group-one")
    wrong, best = letters(late, "Answer."), letters(late, "Wait until nine.")
    answers = marking.read_answers(f"{late.number} {wrong}", [late, group])
    assert list(marking.report(marking.mark([late, group], answers)))[:10] == [
        "Mark 0 of 100; picking blind 38.",
        "Over the line in 1 of 2.",
        f"Not answered: {group.number}.",
        "",
        "   0  c/late (2)",
        "",
        f"{late.number}  c/late#late-one",
        f"    chose {wrong} (breach): Answer.",
        f"    best  {best}: Wait until nine.",
        "",
    ]


# The command

def test_a_trial_from_paper_to_mark(folder, tmp_path, capsys):
    folder.write("courses/c/index.md", "---\ntitle: Ours\nthemes:\n  messages: Messages\n  parents: Parents\n---\n\nOurs.\n", own=True)
    folder.write("courses/c/01-late.md", "---\ntitle: Late messages\n---\n\nYou can wait.\n", own=True)
    folder.write("quizzes/c/01-late.md", f"---\ntitle: Late messages\n---\n\n{QUIZ.replace('if pupil-contact is accounts', 'if nation is wales')}", own=True)
    arguments = ["--content", str(folder.own), "--only", "c/late", "--seed", "3", "--kind", "lessons", "--policy", "mixed"]
    assert main(["papers", *arguments, "--lessons-policy", "open", "--output", str(tmp_path)]) == 0
    paper = (tmp_path / "lessons-3.md").read_text()
    assert capsys.readouterr().out == f"{tmp_path / 'lessons-3.md'}\n"
    assert "You can wait." in paper and "Sam writes late" in paper
    assert main(["key", *arguments]) == 0
    key = capsys.readouterr().out
    answers = tmp_path / "answers.txt"
    answers.write_text("".join(line.partition("  ")[0] + "\n" for line in key.splitlines()))
    assert main(["mark", str(answers), *arguments]) == 0
    assert capsys.readouterr().out.startswith("Mark 100 of 100;")
    answers.write_text("1 Z")
    assert main(["mark", str(answers), *arguments]) == 1
    assert "line 1: 1 has no Z" in capsys.readouterr().err
    for words, wrong in ((["papers", "--only", "c/early"], "there is no lesson c/early; write one of "), (["mark", str(tmp_path / "none")], "none")):
        assert main(words) == 1
        assert wrong in capsys.readouterr().err


def test_the_figures_of_what_is_shipped(capsys):
    assert main(["figures"]) == 0
    said = capsys.readouterr().out
    assert "the option with a name and a now" in said and "scenarios turn with the school" in said and "Picking blind, mixed" in said
