"""Settings: one list; what is unknown or nonsense stops the start with a sentence; the README names each."""

from pathlib import Path

import pytest

from induction.settings import NAMES, BadSettings, data_folder, from_environment
from induction.web.application import make_app

README = Path(__file__).resolve().parents[2] / "README.md"
DATA = {"INDUCTION_DATA": "/srv/induction"}


@pytest.mark.parametrize("name", NAMES)
def test_the_readme_mentions_every_setting(name):
    assert name in README.read_text(encoding="utf-8")


def test_what_is_left_out_has_a_safe_default():
    found = from_environment(DATA)
    assert (found.listen, found.url, found.trusted_proxy, found.demo) == ("127.0.0.1:8000", None, None, False)
    assert found.data == Path("/srv/induction") and found.address == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    "name, hint", [("INDUCTION_DATE", "did you mean INDUCTION_DATA?"), ("INDUCTION_XYZZY", "known are INDUCTION_DATA")]
)
def test_an_unknown_name_stops_the_start_and_names_the_nearest(name, hint):
    with pytest.raises(BadSettings, match=f"{name} is not a setting") as said:
        from_environment({**DATA, name: "x"})
    assert hint in str(said.value)


def test_other_programs_names_are_none_of_our_business():
    from_environment({**DATA, "INDUCTIONS": "x", "PATH": "", "FLASK_DEBUG": "1"})


def given(tmp_path):
    """A value of each setting."""
    return {
        "INDUCTION_DATA": str(tmp_path),
        "INDUCTION_URL": "https://induction.wrenfield.example",
        "INDUCTION_LISTEN": "127.0.0.1:8001",
        "INDUCTION_TRUSTED_PROXY": "127.0.0.1",
        "INDUCTION_SMTP": "smtp://induction:secret@mail.wrenfield.example:587?from=induction@wrenfield.example",
        "INDUCTION_BACKUP_KEY": "age1663sqd7c5g4sxfx5cvkw7dtde30jp5d2emyr7z93m44k4crvly2sau2kea",
        "INDUCTION_BACKUP_COPY": "/mnt/backup",
        "INDUCTION_METRICS_TOKEN": "a-long-random-word",
        "INDUCTION_OIDC_ISSUER": "https://accounts.google.com",
        "INDUCTION_OIDC_CLIENT_ID": "7.apps.googleusercontent.com",
        "INDUCTION_OIDC_CLIENT_SECRET": "GOCSPX-of-the-tests",
        "INDUCTION_OIDC_DOMAIN": "wrenfield.example",
        "INDUCTION_OIDC_NAME": "Google",
    }


@pytest.mark.parametrize("name", NAMES)
def test_each_setting_may_come_from_a_file(name, tmp_path):
    values = given(tmp_path)
    (tmp_path / "value").write_text(values[name] + "\n")
    others = {} if name in DATA else DATA
    from_file = from_environment({**others, f"{name}_FILE": str(tmp_path / "value")})
    assert from_file == from_environment(DATA | {name: values[name]})


def test_a_file_that_cant_be_read_stops_the_start(tmp_path):
    with pytest.raises(BadSettings, match="INDUCTION_URL_FILE names a file that can't be read"):
        from_environment({**DATA, "INDUCTION_URL_FILE": str(tmp_path / "nothing")})


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("editor", ["{}\r", "\ufeff{}", "{}\r\n", "\t {}\xa0"])
def test_what_editors_leave_round_a_value_or_a_name_is_no_part_of_it(name, editor, tmp_path):
    values = given(tmp_path)
    (tmp_path / "value").write_text(editor.format(values[name]), encoding="utf-8", newline="")
    meant = from_environment(DATA | {name: values[name]})
    others = {} if name in DATA else DATA
    assert from_environment(DATA | {name: editor.format(values[name])}) == meant
    assert from_environment(others | {editor.format(name): values[name]}) == meant
    assert from_environment(others | {f"{name}_FILE": editor.format(tmp_path / "value")}) == meant


@pytest.fixture
def homeless(monkeypatch):
    """An account without a home and without an entry among the machine's accounts, as a container may have it."""

    def nobody(number):
        raise KeyError(number)

    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setattr("os.geteuid", lambda: 54321)
    monkeypatch.setattr("pwd.getpwuid", nobody)


def test_an_account_without_a_home_needs_to_be_told_the_folder_and_no_more(homeless, tmp_path):
    assert from_environment(DATA).data == Path("/srv/induction")
    assert from_environment({"STATE_DIRECTORY": str(tmp_path)}).data == tmp_path
    with pytest.raises(BadSettings, match="no home folder.* Set INDUCTION_DATA"):
        from_environment({})
    with pytest.raises(BadSettings, match="has no home folder; write the whole path"):
        from_environment({"INDUCTION_DATA": "~/induction"})


def test_a_setting_said_twice_stops_the_start(tmp_path):
    with pytest.raises(BadSettings, match="both set"):
        from_environment({"INDUCTION_DATA": "/a", "INDUCTION_DATA_FILE": str(tmp_path)})


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_setting_stops_the_start(name):
    with pytest.raises(BadSettings, match="empty"):
        from_environment(DATA | {name: "  "})


@pytest.mark.parametrize(
    "url",
    [
        "induction.wrenfield.example",
        "ftp://wrenfield.example",
        "https://wrenfield.example/induction",
        "https://wrenfield.example?x=1",
        "https://lou:secret@wrenfield.example",
        "https://",
        "https://wrenfield.example:99999",
        "https://[",
    ],
)
def test_a_public_address_is_an_address_alone(url):
    with pytest.raises(BadSettings, match="INDUCTION_URL"):
        from_environment({**DATA, "INDUCTION_URL": url})


def test_cookies_are_secure_where_the_public_address_is_https():
    assert from_environment({**DATA, "INDUCTION_URL": "https://Wrenfield.example/"}).secure
    assert (
        from_environment({**DATA, "INDUCTION_URL": "https://Wrenfield.example/"}).address == "https://wrenfield.example"
    )
    assert not from_environment({**DATA, "INDUCTION_URL": "http://wrenfield.example"}).secure


@pytest.mark.parametrize(
    "written, address",
    [
        ("https://wrenfield.example:443", "https://wrenfield.example"),
        ("http://wrenfield.example:80/", "http://wrenfield.example"),
        ("https://wrenfield.example:8443", "https://wrenfield.example:8443"),
    ],
)
def test_links_leave_out_a_port_that_browsers_leave_out(written, address):
    assert from_environment({**DATA, "INDUCTION_URL": written}).address == address


@pytest.mark.parametrize(
    "listen", ["8000", "127.0.0.1", ":8000", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:²", "h:" + "9" * 5000]
)
def test_an_address_to_listen_on_is_host_and_port(listen):
    with pytest.raises(BadSettings, match="HOST:PORT"):
        from_environment({**DATA, "INDUCTION_LISTEN": listen})


def test_a_proxy_is_one_address():
    with pytest.raises(BadSettings, match="one IP address"):
        from_environment({**DATA, "INDUCTION_TRUSTED_PROXY": "proxy.example"})


@pytest.fixture
def usual(tmp_path, monkeypatch) -> Path:
    """The place of this user's own school, whatever the machine that the tests run on has there."""
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setattr("induction.settings.user_data_path", lambda *_, **__: tmp_path / "usual")
    return tmp_path / "usual"


def test_systemds_folder_is_taken_before_the_usual_one(tmp_path, usual):
    assert data_folder(None, {}) == usual
    assert data_folder(None, {"STATE_DIRECTORY": str(tmp_path)}) == tmp_path
    assert data_folder(str(tmp_path / "chosen"), {"STATE_DIRECTORY": str(tmp_path)}) == tmp_path / "chosen"


def test_two_databases_in_two_places_stop_the_start(tmp_path, usual):
    usual.mkdir()
    (usual / "induction.db").touch()
    with pytest.raises(BadSettings, match="holds a database too"):
        data_folder(None, {"STATE_DIRECTORY": str(tmp_path / "state")})


def test_backups_may_be_encrypted_for_several_keys():
    key = given(Path())["INDUCTION_BACKUP_KEY"]
    for text in (f"{key},{key}", f"{key}, {key}", f"{key} {key}"):
        assert from_environment({**DATA, "INDUCTION_BACKUP_KEY": text}).backup_keys == (key, key)
    assert from_environment(DATA).backup_keys == () and from_environment(DATA).backup_copy is None


@pytest.mark.parametrize("text", ["age1abc", "A shopping list", ",", f"{'age1' + 'q' * 5000}", "ssh-ed25519 AAAA"])
def test_a_key_that_is_none_stops_the_start(text):
    with pytest.raises(BadSettings, match="INDUCTION_BACKUP_KEY") as said:
        from_environment({**DATA, "INDUCTION_BACKUP_KEY": text})
    assert len(str(said.value)) < 300


def test_a_private_key_is_never_repeated():
    with pytest.raises(BadSettings, match="must not lie on this machine") as said:
        from_environment({**DATA, "INDUCTION_BACKUP_KEY": "AGE-SECRET-KEY-1QQQQQ"})
    assert "QQQQQ" not in str(said.value)


@pytest.mark.parametrize("token", ["short", "x" * 201, "with a space in it", "a-long-random-wörd", "a-long-random-word\nX: y"])
def test_a_token_that_no_header_carries_stops_the_start(token):
    with pytest.raises(BadSettings, match="INDUCTION_METRICS_TOKEN can't be used") as said:
        from_environment({**DATA, "INDUCTION_METRICS_TOKEN": token})
    assert token not in str(said.value)


def test_the_token_is_not_told():
    assert "a-long-random-word" not in repr(from_environment({**DATA, "INDUCTION_METRICS_TOKEN": "a-long-random-word"}))


# The mail server

MAIL = DATA | {"INDUCTION_URL": "https://induction.wrenfield.example"}


@pytest.mark.parametrize(
    "url, found",
    [
        ("smtp://mail.x.example", ("mail.x.example", 587, False, True, None, None, "induction@induction.wrenfield.example")),
        ("smtps://mail.x.example", ("mail.x.example", 465, True, False, None, None, "induction@induction.wrenfield.example")),
        ("smtp://127.0.0.1", ("127.0.0.1", 25, False, False, None, None, "induction@induction.wrenfield.example")),
        ("smtp://[::1]:2525?from=a@x.example", ("::1", 2525, False, False, None, None, "a@x.example")),
        ("smtp://10.0.0.5:25?starttls=no", ("10.0.0.5", 25, False, False, None, None, "induction@induction.wrenfield.example")),
        ("smtp://a%40x.example:p%3A%2F%40%C2%A3@m.x", ("m.x", 587, False, True, "a@x.example", "p:/@£", "a@x.example")),
        ("smtp://u:p@127.0.0.1", ("127.0.0.1", 587, False, False, "u", "p", "induction@induction.wrenfield.example")),
    ],
)
def test_a_mail_server_is_read_from_one_address(url, found):
    made = from_environment(MAIL | {"INDUCTION_SMTP": url}).smtp
    assert (made.host, made.port, made.tls, made.starttls, made.user, made.password, made.sender) == found


@pytest.mark.parametrize(
    "url",
    [
        "mail.x.example", "http://u:hush@m.x", "smtp://", "smtp://u:hush@", "smtp://u@m.x", "smtp://:hush@m.x", "smtp://u:hush@m.x:0",
        "smtp://u:hush@m.x:99999", "smtp://u:hush/x@m.x", "smtp://u:hush#x@m.x", "smtp://u:hush?x@m.x", "smtp://u:hush@m.x/inbox",
        "smtp://u:hush@m.x?form=a@x.example", "smtp://u:hush@m.x?from=nobody", "smtp://u:hush@m.x?from=a@x.example%0d%0aBcc:b@x",
        "smtp://u:hush@m.x?starttls=perhaps", "smtp://u:hush@m.x?starttls=no", "smtp://u:hush@[::1", "smtp://u:hush@m.x?from=é@x.example",
    ],
)  # fmt: skip
def test_nonsense_for_a_mail_server_stops_the_start_and_shows_no_password(url):
    with pytest.raises(BadSettings, match="INDUCTION_SMTP can't be used: ") as said:
        from_environment(MAIL | {"INDUCTION_SMTP": url})
    assert "hush" not in str(said.value) and said.value.__cause__ is None


def test_the_password_is_in_no_picture_of_the_settings():
    made = from_environment(MAIL | {"INDUCTION_SMTP": "smtp://u:hush@m.x.example"})
    assert made.smtp.password == "hush" and "hush" not in repr(made) + str(made.smtp)


def test_a_client_secret_is_shown_by_nothing_that_prints_settings(tmp_path):
    found = from_environment(given(tmp_path))
    assert found.openid.client_secret == "GOCSPX-of-the-tests" and "GOCSPX" not in repr(found)
    assert from_environment(DATA).openid is None


@pytest.mark.parametrize("name", ["INDUCTION_OIDC_ISSUER", "INDUCTION_OIDC_CLIENT_ID", "INDUCTION_OIDC_DOMAIN"])
def test_the_site_does_not_start_with_half_a_provider(name, tmp_path):
    values = given(tmp_path / "data")
    del values[name]
    with pytest.raises(BadSettings, match=f"{name} can’t be used") as said:
        make_app(from_environment(values))
    assert "GOCSPX" not in str(said.value) and not (tmp_path / "data").exists()
