"""Letters that were damaged on the way are found, and names of every language are left in peace."""

import pytest

from induction.rules.damaged_letters import Damage, as_from_an_old_mac, damage

NAMES = """
Siân Ŵyn-Tŷ|Gŵyn Llŷr ap Rhŷs|Llŷr Tŷ-Gwyn|Ffion Môn|Angharad Wŷs|Seán Ó hÉigeartaigh|Ní Dhomhnaill Gráinne|Ciarán Mac Aodhagáin
Máire Ní Shúilleabháin|Brídín Ó hÓgáin|Pádraig de hÍde|Eòghan MacÀidh|Catrìona NicÌomhair|Sorcha O’Neill|D’Arcy O'Brien|Órlaith Ó Dálaigh
Łukasz Żółć|Małgorzata Wójcik|Święcicka Agnieszka|WOJCIECH KSIĘŻAK|ŁUKASZ PÓŁTORAK|Grażyna Ćwikła|Bożena Źdźbło|JĘDRZEJ GĘŚ
Ọláìyá Adébáyọ̀|Ṣọlá Ògúnṣẹ̀yẹ|Chimamanda Ńkem|Ọ̀ṣun Àbíọ́lá|Ńnàmdí Ọkọ́yẹ|Ngọzi Ọnwụ|Babátúndé Ẹ̀gbẹ́|Ìyábọ̀ Àkànní
İpek Yılmaz|Çağla Şahin|Ömer Öztürk|Gülşen Güneş|ÇİĞDEM IŞIK|Ayşe Ünlü|Björk Þorsdóttir|Guðmundur Ægisson
Sigríður Þórðardóttir|Åse Ødegård|Søren Kjærgård|Æthelred Ås|Mats Åkerström|Øyvind Bråthen|Päivi Äijälä|Õnne Pärn
Nguyễn Thị Ánh|Trần Đức Hậu|Phạm Hồng Ngọc|Đặng Ữ|Tomáš Dvořák|LUKÁŠ NOVÁK|MATÚŠ KNÍŽAT|Žofie Šťastná
Aleš Čapek|Jiří Růžička|Ľubomír Hudák|Štefan Ďurica|Ștefan Țăran|Ioana Brâncuși|Őry Gergő|Zsófia Bűdi
João Magalhães|JOÃO CONCEIÇÃO|Inês Simões|Íñigo Núñez|José María García|Mª Carmen Muñoz|BEGOÑA IBÁÑEZ|Núria Gal·la
Zoë Brontë|Chloé L’Écuyer|François Lœw|Œuvrard Benoît|Mélanie Schœlcher|Jürgen Strauß|Götz Müßig|Anaïs Noël-Baker
Hēmi Kaʻū|Aroha Māhuta|Fa’asavalu Te’o|Keahi Kamakaʻeha|Sa’id Nu’man|Qur’an Ma’ruf|Maʼmur Oʻktam|Hawaiʻi Kealoha
Μαρία Παπαδοπούλου|Иван Петров|Юрій Їжак|محمد الأحمد|דוד בן־גוריון|王小明|山田 太郎|김민준
अनुष्का शर्मा|ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ|க்ஷேமா|สมชาย ใจดี|မောင်မောင်|Анна-Мария Стоянова|Ելենա Պետրոսյան|ნინო გელაშვილი
Élodie N’Diaye|Ana-Lucía Peña y Ortíz
Smith–Jones, Anne|Anne Smith—Jones|Robert “Bob” Low|O´Brien Pat|Dr. J. R. Ray (Year 6)|Tess Okafor/Reed
""".replace("\n", "|").strip("|").split("|")


def test_names_of_many_languages_are_left_in_peace():
    assert len(NAMES) > 100
    assert {name: damage(name) for name in NAMES if damage(name)} == {}


@pytest.mark.parametrize("text", ["G?en Ll?yd", "T?", "Si?n", "Ze\ufffdo", "?sun", "Jos�"])
def test_lost_letters_are_found_and_nothing_is_guessed(text):
    sign = "?" if "?" in text else "�"
    assert damage(text) == Damage(f"letters are lost where it has {sign}", "")


def taken_for(encoding, data):
    """Bytes read in an encoding; those that it has no sign for are kept as they are, as programs do."""
    return "".join(bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in data)


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "mac_roman", "cp850", "cp1250"])
@pytest.mark.parametrize(
    "name",
    ["Zoë O’Neill", "Siân Ŵyn-Tŷ", "İpek Yılmaz", "Łukasz Żółć", "Þorsdóttir", "José Núñez", "Nguyễn Thị", "Àine Strauß"],
)
def test_utf8_that_was_taken_for_something_else_is_found_and_offered(name, encoding):
    assert damage(taken_for(encoding, name.encode())).meant == name


@pytest.mark.parametrize("times", [2, 3, 4])
def test_what_went_wrong_more_than_once(times):
    text = "Zoë D’Arcy"
    for _ in range(times):
        text = text.encode().decode("cp1252")
    assert damage(text).meant == "Zoë D’Arcy"
    once_too_often = text
    for _ in range(5 - times):
        once_too_often = once_too_often.encode().decode("cp1252")
    assert damage(once_too_often) == Damage("its letters are damaged", "")


def test_three_letters_of_another_writing_are_no_chance_and_two_may_be():
    assert damage("Ива".encode().decode("latin-1")) == Damage("its letters are damaged", "Ива")
    assert damage("Ив".encode().decode("latin-1")) == Damage("its letters look damaged", "")


@pytest.mark.parametrize("text, meant", [("Иван", "Иван"), ("王小明", "王小明")])
def test_other_writings(text, meant):
    assert damage(text.encode().decode("latin-1")).meant == meant


@pytest.mark.parametrize("name", ["José", "Núñez", "Müller", "D’Arcy", "Siân", "Zoë", "Gómez", "López", "O’Neill", "Åse"])
def test_letters_of_an_old_mac(name):
    """Taken for Windows’ letters. Some of them make another good name (Bjšrn for Björn): those nobody can tell alone."""
    assert damage(taken_for("cp1252", name.encode("mac_roman"))).meant == name
    assert as_from_an_old_mac("Bjšrn") == "Björn"


@pytest.mark.parametrize("text", ["VoilÃ", "MartÃnez", "Ma├▒ana", "Jos\u0091", "Tess ★", "Sam ½", "Za®", "Ann¿", "MŸlLer", "McOÕNeill"])
def test_signs_that_no_name_has(text):
    assert damage(text)


def test_a_flood_of_marks_takes_no_time():
    for flood in ("e" + "\u0301" * 1_000_000, "Ã«" * 500_000, "ŽŠ" * 500_000, "a’" * 500_000):
        damage(flood)


def test_what_makes_no_name_is_not_offered():
    assert damage("Tess ©") == Damage("its letters look damaged", "")
    assert as_from_an_old_mac("J?š") == as_from_an_old_mac("Bjorn") == ""


def test_a_thousand_letters_are_looked_at():
    assert damage("a" * 999 + "?") and damage("a" * 1000 + "?") is None
