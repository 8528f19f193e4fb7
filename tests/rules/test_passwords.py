"""Passwords: twelve characters or more, and not one that is guessed. No other rule."""

import pytest

from induction.rules import passwords


@pytest.mark.parametrize(
    "password",
    [
        "nine calm otters paddle",
        "correct-staple-horse",
        "xkqzvwpjmhrt",
        "ünïcödé wörds äre fïne",
        "🦦 otters 🦦 paddle",
        "a" * 3 + " long walk home",
    ],
)
def test_words_that_one_can_picture_are_taken(password):
    assert passwords.objection(password) is None


@pytest.mark.parametrize("password", ["", "short", "elevenchars"])
def test_too_short(password):
    assert "12 characters" in passwords.objection(password)


def test_a_novel_is_too_long():
    assert passwords.objection("many words " * 20) == "Use at most 200 characters."


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Password12345",
        "P@ssw0rd1234!",
        "passwordpassword",
        "123456789012",
        "aaaaaaaaaaaa",
        "abababababab",
        "abcabcabcabc",
        "qwertyuiopas",
        "letmeinletmein",
        "lkjhgfdsapoi",
        "987654321098",
    ],
)
def test_the_first_that_are_guessed_are_refused(password):
    assert "first that are guessed" in passwords.objection(password)


@pytest.mark.parametrize("password", ["Wrenfield2026!", "tessokafor12", "okafor-okafor-1"])
def test_names_and_emails_of_here_are_refused(password):
    own = ("Wrenfield School", "Tess Okafor", "tess@wrenfield.example")
    assert "close to a name" in passwords.objection(password, own)
    assert "close to a name" not in (passwords.objection(password, ("Elsewhere",)) or "")


def test_a_name_within_a_longer_thought_is_fine():
    assert passwords.objection("tess rows to the lighthouse", ("Tess Okafor",)) is None


GUESSED_IN_A_STAFFROOM = """
ilovemyschool Christmas2026 Summer2026!!! Autumn2026term SummerHolidays26 Summerterm2026 SchoolsOut2026 Staffroom2026!
coffeecoffee1 Friday2026!!! Monday12345! December2026! September2026 halfterm2026! TeachersRule1! iloveteaching ihatemondays1
ilovefridays! ilovecoffee12 chocolate1234 Arsenal2026!! LiverpoolFC26 manutd123456 chelsea12345 Tottenham2026 Year6Teacher!
Reception2026 Ofsted2026!!! ofstedoutstanding Safeguarding1 classroom1234 homework12345 playground123 assembly12345
Easter2026!!! happynewyear1 Birthday2026! trustno1trustno1 rugbyrugby123 sunshine2026! Passw0rd2026 Induction2026
schoolschool1 myschool2026! primaryschool highschool123 Cymru2026!!! GoodMorning26! iloveyou12345 iloveyouforever
iloveyou2much ILoveMyDog2026 ilovemykids!! mummydaddy123 familyfirst26 MrsJones2026! Charlotte2015 Welcome2School!
Chr1stmas2026 Chr!stm4s2026 Merry-Christmas-2026 summersummersummer maythe4ofthebest PRIMARYTEACHER1 mathsteacher12
Spring-Term-2027 bestteacherever onetwothreefour winteriscoming1 Chrïstmas2026
""".split()
PICTURED = """
kettle lantern harbour|purple teapot bicycle|copper violin meadow|biscuit tunnel giraffe|walrus cardigan thunder
marble sandwich canoe|hedgehog trumpet lemon|teacup dragon ladder|snow rabbit compass|velvet onion rocket
five lazy penguins swim|silver otter morning|quiet river bakery|plum jumper saxophone|window cactus parade
mango library storm|tractor pillow orchid|rainy tuesday marmalade|blue anchor picnic|câr ŵyn melyn 34|a kettle sings at break
""".strip().replace("\n", "|").split("|")


@pytest.mark.parametrize("password", GUESSED_IN_A_STAFFROOM)
def test_what_a_staffroom_is_guessed_by_is_refused(password):
    assert "first that are guessed" in passwords.objection(password)


@pytest.mark.parametrize("password", PICTURED)
def test_three_words_that_one_can_picture_are_taken(password):
    assert passwords.objection(password, ("Wrenfield School", "Tess Okafor", "tess@wrenfield.example")) is None


@pytest.mark.parametrize("password", ["wrenfieldschool1", "ILoveWrenfield", "tesslovesschool", "My-Wrenfield-2026"])
def test_names_of_here_beside_what_is_common_are_refused(password):
    assert "close to a name" in passwords.objection(password, ("Wrenfield School", "Tess Okafor"))


def test_what_is_far_too_long_is_looked_at_no_further():
    assert passwords.objection("a" + "\u0301\u0316" * 500_000) == "Use at most 200 characters."
    assert passwords.objection("nine calm otters paddle", ["a" + "\u0301\u0316" * 500_000, "a" + "\u0301\u0316" * 500_000]) is None


LONG = "nine calm otters paddle " * 9


@pytest.mark.parametrize(
    "taken, refused, words",
    [
        ("twelve chars", "eleven char", "Use 12 characters or more"),
        (LONG[:200], LONG[:201], "Use at most 200 characters"),
        ("xkqvvkxqqxkv", "xkqqkxxqkkxq", "first that are guessed"),  # four signs, and three
        ("christmasxkq", "christmasxk!", "first that are guessed"),  # three letters over, and two
        ("okafor xkqzvw", "okafor xkqzv.", "close to a name"),  # six letters besides a name, and five
        ("leexkqzv2689", "tessxkqzv2689", "close to a name"),  # a name of three letters, and of four
        ("xkqzvxkqzvxkqzv", "xkqzxkqzxkqz", "first that are guessed"),  # five letters again and again, and four
        ("i love a xkqzvw a", "i love a school a", "first that are guessed"),  # small words, however short, are no letters over
    ],
)
def test_what_is_only_just_taken_and_what_only_just_is_not(taken, refused, words):
    assert passwords.objection(taken, ("Tess Lee Okafor",)) is None
    assert words in passwords.objection(refused, ("Tess Lee Okafor",))


def test_what_the_list_says_of_itself_is_no_word_of_it():
    assert "password" in passwords.common() and not {"figures", "signs", "everybody", "tries"} & passwords.common()
