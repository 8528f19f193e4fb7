"""The mail server: a real one, good, bad and rude; and the letter as it goes over the line."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from induction.bridges import mail
from induction.services.posting import Message, NoServer, NotNow, Refused, Unsure
from induction.wording import letter_html
from tests.ports import free_port
from tests.post import Blunt, Certificates, PostOffice, but

AT = datetime(2026, 9, 1, 7, tzinfo=UTC)
LINK = "https://induction.school.example/invitation/" + "ab2c" * 8
LETTER = Message(
    "7.0123456789abcdef", "tess@school.example", "Wrenfield School", "lou@school.example", "Your staff induction",
    f"Hello Tess,\n\nOpen it:\n{LINK}\n", letter_html.as_html("Your staff induction", f"Hello Tess,\n\nOpen it:\n{LINK}", "foot"),
)  # fmt: skip


def post(server, letter=LETTER, about_to=lambda: True):
    with mail.dial(server) as line:
        return line.post(letter, AT, about_to)


@pytest.fixture
def office():
    with PostOffice() as open:
        yield open


@pytest.fixture(scope="session")
def certificates(tmp_path_factory):
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def trusted(certificates, monkeypatch):
    """This machine trusts the tests' authority."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.authority))
    return certificates


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(mail, "TIMEOUT", 0.4)


# Ways to the server


def test_a_letter_goes_in_plain_words_and_as_html_with_all_that_it_needs(office):
    assert post(office.set_up) == "250 OK: queued as 1"
    [one] = office.arrived
    assert (one.to, one.sender) == (["tess@school.example"], "induction@school.example")
    assert one.message["From"] == "Wrenfield School <induction@school.example>"
    assert (one.message["To"], one.message["Reply-To"]) == ("tess@school.example", "lou@school.example")
    assert one.message["Message-ID"] == "<7.0123456789abcdef@school.example>"
    assert one.message["Auto-Submitted"] == "auto-generated"
    assert one.message["Date"].datetime == AT
    assert LINK in one.text.splitlines() and f'<a href="{LINK}">{LINK}</a>' in one.html


def test_several_go_over_one_line(office):
    with mail.dial(office.set_up) as line:
        for number in range(3):
            line.post(replace(LETTER, id=str(number)), AT, lambda: True)
    assert len(office.arrived) == 3 and office.answers.connections == 1


def test_where_the_letter_is_no_longer_ones_own_no_words_go_out(office):
    assert post(office.set_up, about_to=lambda: False) is None
    assert office.arrived == []


def test_over_tls_with_an_authority_that_is_trusted(trusted):
    with PostOffice(context=trusted.context()) as office:
        post(replace(office.set_up, tls=True))
    assert len(office.arrived) == 1


@pytest.mark.parametrize("starttls", [False, True])
@pytest.mark.parametrize(
    "days, name, words", [(-1, "IP:127.0.0.1", "expired"), (2, "DNS:elsewhere.example", "mismatch"), (2, "IP:127.0.0.9", "mismatch")]
)
def test_a_certificate_that_is_over_or_anothers_is_refused(trusted, starttls, days, name, words):
    with PostOffice(context=trusted.context(days, name), starttls=starttls) as office:
        with pytest.raises(NoServer, match=f"The certificate of 127.0.0.1 is not valid: .*{words}"):
            post(replace(office.set_up, tls=not starttls, starttls=starttls))
    assert office.arrived == []


def test_a_certificate_of_an_unknown_authority_is_refused(certificates):
    with PostOffice(context=certificates.context()) as office:
        with pytest.raises(NoServer, match="The certificate of 127.0.0.1 is not valid: unable to get local issuer"):
            post(replace(office.set_up, tls=True))


def test_starttls_where_it_is_offered(trusted):
    with PostOffice(context=trusted.context(), starttls=True) as office:
        post(replace(office.set_up, starttls=True))
    assert len(office.arrived) == 1


def test_where_starttls_is_insisted_on_and_not_offered_neither_password_nor_letter_goes():
    with Blunt(but()) as blunt:
        with pytest.raises(NoServer, match="offers no STARTTLS"):
            post(replace(blunt.set_up, starttls=True, user="induction", password="secret"))
    assert [line.partition(" ")[0].upper() for line in blunt.lines] == ["", "EHLO"]


def test_tls_spoken_to_a_server_without_it_is_trouble_and_no_crash(office, impatient):
    with pytest.raises(NoServer, match="can't be reached"):
        post(replace(office.set_up, tls=True))


# Signing in


@pytest.mark.parametrize("password", ["secret", "pound £20, pâté", "a b:c@d/e?f#g%h", "\N{PILE OF POO}"])
def test_the_login_goes_with_whatever_signs_the_password_has(password):
    with PostOffice(name="induction@school.example", password=password) as office:
        post(office.set_up)
    assert len(office.arrived) == 1


@pytest.mark.parametrize("password", ["wrong", "fälsch"])
def test_a_login_that_is_refused_is_trouble_at_once_and_its_words_hold_no_password(password):
    with PostOffice(name="induction", password="right") as office:
        with pytest.raises(NoServer, match="127.0.0.1 refuses the name or the password: 535") as fault:
            post(replace(office.set_up, password=password))
    assert password not in fault.value.said


def test_a_login_that_is_asked_for_and_not_given_is_trouble_for_all_letters():
    with PostOffice(name="induction", password="right") as office:
        with pytest.raises(NoServer, match="530"):
            post(replace(office.set_up, user=None, password=None))


def test_a_login_where_the_server_knows_none_is_trouble(office):
    with pytest.raises(NoServer, match="127.0.0.1: "):
        post(replace(office.set_up, user="induction", password="x"))


# A server that is down, slow or rude


def test_a_server_that_is_down_is_trouble(office):
    with pytest.raises(NoServer, match="127.0.0.1:[0-9]+ can't be reached: .*refused"):
        post(replace(office.set_up, port=free_port()))


@pytest.mark.parametrize("host", ["no-such-host.invalid", "x" * 70 + ".example", "..", "a b"])
def test_a_name_that_nobody_has_is_trouble(office, host):
    with pytest.raises(NoServer, match="can't be reached"):
        post(replace(office.set_up, host=host))


@pytest.mark.parametrize("where", ["hello", "EHLO", "MAIL", "RCPT", "DATA"])
def test_a_server_that_falls_silent_before_the_words_is_trouble(where, impatient):
    with Blunt(but(**{where: b""})) as blunt:
        with pytest.raises(NoServer, match="did not answer within 0.4 seconds"):
            post(blunt.set_up)


@pytest.mark.parametrize("where", ["hello", "EHLO", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("how", [None, b"421 4.3.2 Closing down\r\n", b"garbage\r\n", b"999 what\r\n", b"x" * 9000 + b"\r\n"])
def test_a_server_that_hangs_up_or_babbles_before_the_words_is_trouble_for_all_letters(where, how):
    with Blunt(but(**{where: how}, HELO=how)) as blunt:
        with pytest.raises(NoServer):
            post(blunt.set_up)
    assert "." not in blunt.lines


@pytest.mark.parametrize("how", [None, b"", b"garbage\r\n"])
def test_after_the_words_whoever_hears_nothing_clear_is_unsure(how, impatient):
    with Blunt(but(dot=how)) as blunt:
        with pytest.raises(Unsure):
            post(blunt.set_up)
    assert "." in blunt.lines


def test_a_server_that_closes_down_after_the_words_has_not_taken_them():
    with Blunt(but(dot=b"421 4.3.2 Closing down\r\n")) as blunt:
        with pytest.raises(NoServer, match="421 4.3.2 Closing down"):
            post(blunt.set_up)


# What the server says


@pytest.mark.parametrize(
    "said, address",
    [
        ("550 5.1.1 No such mailbox", True), ("550 No such user here", True), ("551 User not local", True), ("553 5.1.3 Bad", True),
        ("550 5.2.1 Mailbox disabled", True), ("550 5.7.1 Not allowed to write to the head", False), ("552 5.2.2 Mailbox full", False),
        ("554 5.7.1 Rejected as spam", False), ("501 5.5.4 Syntax", False),
    ],
)  # fmt: skip
def test_a_refused_recipient_is_refused_and_the_address_only_where_it_is_the_address(office, said, address):
    office.answers.rcpt = lambda to: said
    with pytest.raises(Refused) as fault:
        post(office.set_up)
    assert (fault.value.said, fault.value.address) == (said, address)


@pytest.mark.parametrize("said", ["554 5.7.1 <tess@school.example>: Relay access denied", "550 Relaying not allowed", "530 5.7.0 Log in"])
def test_where_the_site_may_not_post_at_all_it_is_not_the_letters_fault(office, said):
    office.answers.rcpt = lambda to: said
    with pytest.raises(NoServer):
        post(office.set_up)


@pytest.mark.parametrize("said", ["550 5.7.60 Not allowed to send as this sender", "451 4.7.0 Too many letters", "530 5.7.57 Log in"])
def test_what_is_said_to_the_sender_is_trouble_for_all_letters(office, said):
    office.answers.mail = lambda sender: said
    with pytest.raises(NoServer, match=said[:9]):
        post(office.set_up)


def test_a_letter_that_is_too_long_for_the_server_is_that_letters_fault(office):
    office.answers.mail = lambda sender: "552 5.3.4 Message too big"
    with pytest.raises(Refused, match="552"):
        post(office.set_up)


@pytest.mark.parametrize("where", ["rcpt", "data"])
def test_later_is_later_for_that_letter(office, where):
    setattr(office.answers, where, lambda asked: "450 4.2.0 Greylisted, come back")
    with pytest.raises(NotNow, match="450 4.2.0 Greylisted, come back"):
        post(office.set_up)


def test_a_letter_that_is_refused_for_its_words_marks_no_address(office):
    office.answers.data = lambda arrived: "550 5.7.1 Looks like spam"
    with pytest.raises(Refused, match="550 5.7.1 Looks like spam") as fault:
        post(office.set_up)
    assert not fault.value.address


def test_one_refused_recipient_holds_up_no_other(office):
    office.answers.rcpt = lambda to: "550 5.1.1 No" if to.startswith("ana") else None
    with mail.dial(office.set_up) as line:
        line.post(LETTER, AT, lambda: True)
        with pytest.raises(Refused):
            line.post(replace(LETTER, to="ana@school.example"), AT, lambda: True)
        line.post(replace(LETTER, to="max@school.example"), AT, lambda: True)
    assert [one.to for one in office.arrived] == [["tess@school.example"], ["max@school.example"]]


@pytest.mark.parametrize(
    "said, shown",
    [
        (b"550-5.1.1 The mailbox\r\n550-5.1.1 is not\r\n550 5.1.1 here\r\n", "550 5.1.1 The mailbox 5.1.1 is not 5.1.1 here"),
        (b"550 Bo\xeete inconnue\r\n", "550 Bo\N{REPLACEMENT CHARACTER}te inconnue"),
        ("550 Boîte inconnue\r\n".encode(), "550 Boîte inconnue"),
        (b"550 one\x00two\x1b[31mred\tend\r\n", "550 one two [31mred end"),
        (b"550 " + b"x" * 4000 + b"\r\n", "550 " + "x" * 496),
        (b"550\r\n", "550"),
        (b"550 <script>alert(1)</script>\r\n", "550 <script>alert(1)</script>"),
    ],
)
def test_the_servers_words_come_back_whatever_they_are(said, shown):
    with Blunt(but(RCPT=said)) as blunt:
        with pytest.raises(Refused) as fault:
            post(blunt.set_up)
    assert fault.value.said == shown


# The letter


@pytest.mark.parametrize(
    "nasty",
    [
        "x\r\nBcc: eve@elsewhere.example", "x\nBcc: eve@elsewhere.example", "x\rBcc: eve@elsewhere.example",
        "x\x0bBcc: e@e.example", "x\x85Bcc: e@e.example", "x\u2028Bcc: e@e.example", "x\0y",
        '"quoted", <angled>; and (commented)', "Ysgol \N{SCHOOL}\N{PILE OF POO} Ŵŷ", "long " * 40, "W" * 200, "é" * 200,
        "=?utf-8?q?x=0d=0aBcc:_e@e.example?=", "=?utf-8?b?DQpCY2M6IGVAZS5leGFtcGxl?=", "\u202eevil", "a" * 1200,
    ],
)  # fmt: skip
def test_no_name_or_subject_can_add_a_header(office, nasty):
    try:
        post(office.set_up, replace(LETTER, school=nasty, subject=nasty))
    except Refused:
        assert "=?" in nasty, "only what pretends to be written in code already"
        return
    [one] = office.arrived
    plain = message_from_bytes(one.wire, policy=default.clone(max_line_length=None))
    assert one.to == ["tess@school.example"] and plain["Bcc"] is None
    assert {name for name in plain.keys() if not name.startswith("X-")} == {  # those are aiosmtpd's
        "From", "To", "Subject", "Reply-To", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
    }
    assert max(map(len, one.wire.split(b"\r\n"))) <= 998
    if "=?" not in nasty:
        wanted = "".join(mail._short(nasty).split())
        assert "".join(one.subject.split()) == wanted
        assert one.message["From"].addresses[0].addr_spec == "induction@school.example"


@pytest.mark.parametrize("to", ["tess@schöol.example", "tëss@school.example"])
def test_an_address_that_mail_servers_dont_take_is_refused_before_it_goes(office, to):
    with pytest.raises(Refused, match="The address has letters that mail servers don't take") as fault:
        post(office.set_up, replace(LETTER, to=to))
    assert fault.value.address and office.arrived == []


@pytest.mark.parametrize("to", ["a,b@school.example", "tess@school.example>\r\nRCPT TO:<eve@elsewhere.example", "x y@z", "@"])
def test_an_address_that_is_none_reaches_nobody(office, to):
    with pytest.raises((Refused, NoServer)):
        post(office.set_up, replace(LETTER, to=to))
    assert office.arrived == []


def test_an_answer_goes_to_nobody_where_the_leads_address_has_such_letters(office):
    post(office.set_up, replace(LETTER, reply_to="lëad@school.example"))
    assert office.arrived[0].message["Reply-To"] is None


def test_any_words_arrive_as_they_were_written(office):
    words = "\n".join([".", "..", ".dot first", "From here", "x" * 3000, "é" * 1500, LINK, "&times; &copy 5 < 6", "", "end \N{SCHOOL}"])
    post(office.set_up, replace(LETTER, text=words + "\n"))
    assert office.arrived[0].text.splitlines() == words.splitlines()
    assert max(map(len, office.arrived[0].wire.split(b"\r\n"))) <= 998


def test_a_second_try_bears_the_same_number(office):
    for _ in range(2):
        post(office.set_up)
    one, other = office.arrived
    assert one.message["Message-ID"] == other.message["Message-ID"]
