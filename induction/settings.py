"""Settings: the environment read once into one frozen object. Nonsense stops the start with a sentence."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import pyrage
from platformdirs import user_data_path

HOME = Path(__file__).resolve().parent.parent  # the folder that holds courses/ and quizzes/
DEFAULT_LISTEN = "127.0.0.1:8000"
UNSEEN = "\ufeff\xa0 \t\r\n\v\f"  # what editors leave round a name or a value: a byte order mark, the other kind of line end

TOKEN = re.compile(r"[A-Za-z0-9._~+/-]{16,200}=*")  # as a header carries it
SENDER = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", re.ASCII)

OIDC = "INDUCTION_OIDC_"
NAMES = {
    "INDUCTION_DATA": "the data folder",
    "INDUCTION_URL": "the public address, such as https://induction.school.example; https makes cookies Secure",
    "INDUCTION_LISTEN": f"HOST:PORT to listen on; {DEFAULT_LISTEN} if left out",
    "INDUCTION_TRUSTED_PROXY": "the address of the proxy in front, such as 127.0.0.1",
    "INDUCTION_METRICS_TOKEN": "a long random word; who brings it reads the figures for monitoring at /metrics",
    "INDUCTION_BACKUP_KEY": "the public key for which backups are encrypted, age1…; several with commas between",
    "INDUCTION_BACKUP_COPY": "a second folder for each day's backup, on another disk",
    "INDUCTION_SMTP": "the mail server, such as smtp://NAME:PASSWORD@mail.school.example:587?from=induction@school.example",
    "INDUCTION_OIDC_ISSUER": "where people sign in: https://accounts.google.com, https://login.microsoftonline.com/TENANT/v2.0 or another",
    "INDUCTION_OIDC_CLIENT_ID": "this site’s client ID there",
    "INDUCTION_OIDC_CLIENT_SECRET": "its client secret",
    "INDUCTION_OIDC_DOMAIN": "the school’s domain, which Google has to name; of another it bounds the addresses",
    "INDUCTION_OIDC_NAME": "what the button says of another provider, such as Keycloak",
}


class BadSettings(Exception):
    """A setting that can't be used; the words say which and what to write."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """The school's mail server, and from which address letters come."""

    host: str
    port: int
    tls: bool  # from the first byte
    starttls: bool  # asked for, and insisted on
    user: str | None
    password: str | None = field(repr=False)
    sender: str


@dataclass(frozen=True, slots=True)
class OpenIDThere:
    """Where people sign in elsewhere, as it was written; `services.providers` says whether it can be used."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    domain: str
    name: str


@dataclass(frozen=True, slots=True)
class Settings:
    data: Path
    url: str | None = None  # no slash at the end
    listen: str = DEFAULT_LISTEN
    trusted_proxy: str | None = None
    smtp: MailServer | None = None
    metrics_token: str | None = field(default=None, repr=False)
    demo: bool = False
    backup_keys: tuple[str, ...] = ()  # public; none: backups are not encrypted
    backup_copy: Path | None = None
    openid: OpenIDThere | None = None

    @property
    def host(self) -> str:
        return split_listen(self.listen)[0]

    @property
    def port(self) -> int:
        return split_listen(self.listen)[1]

    @property
    def secure(self) -> bool:
        """Cookies go over https alone where the public address says so."""
        return bool(self.url and self.url.startswith("https:"))

    @property
    def address(self) -> str:
        """What links are built on: the public address, never what a browser claims to have asked for."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.url or f"http://{host}:{self.port}"

    @property
    def database(self) -> Path:
        return self.data / "induction.db"


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Read INDUCTION_… names, each also as …_FILE. Raises BadSettings."""
    values = _values(environ)
    url = _url(values["INDUCTION_URL"]) if "INDUCTION_URL" in values else None
    listen = values.get("INDUCTION_LISTEN", DEFAULT_LISTEN)
    split_listen(listen)
    proxy = values.get("INDUCTION_TRUSTED_PROXY")
    if proxy is not None:
        _check_address("INDUCTION_TRUSTED_PROXY", proxy)
    smtp = _mail_server(values["INDUCTION_SMTP"], url) if "INDUCTION_SMTP" in values else None
    token = values.get("INDUCTION_METRICS_TOKEN")
    if token is not None and not TOKEN.fullmatch(token):
        raise BadSettings("INDUCTION_METRICS_TOKEN can't be used: write 16 to 200 letters and figures, as `openssl rand -hex 24` prints.")
    return Settings(
        data_folder(values.get("INDUCTION_DATA"), environ), url, listen, proxy, smtp, token,
        backup_keys=_public_keys(values.get("INDUCTION_BACKUP_KEY", "")),
        backup_copy=_second_folder(values.get("INDUCTION_BACKUP_COPY")),
        openid=_openid(values),
    )  # fmt: skip


def _values(environ: Mapping[str, str]) -> dict[str, str]:
    values: dict[str, str] = {}
    ours = {name.strip(UNSEEN): value for name, value in environ.items() if name.strip(UNSEEN).startswith("INDUCTION_")}
    for name in sorted(ours):
        plain = name.removesuffix("_FILE")
        if plain not in NAMES:
            words = {known.removeprefix("INDUCTION_"): known for known in NAMES}
            near = get_close_matches(plain.removeprefix("INDUCTION_"), words, n=1)
            hint = f"; did you mean {words[near[0]]}?" if near else f"; known are {', '.join(NAMES)}."
            raise BadSettings(f"{name} is not a setting{hint}")
        if plain in values:
            raise BadSettings(f"{plain} and {plain}_FILE are both set; keep one of them.")
        value = ours[name].strip(UNSEEN)
        values[plain] = _from_file(name, value) if name != plain else value
        if not values[plain]:
            raise BadSettings(f"{name} is empty; give it a value or leave it out.")
    return values


def _from_file(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip(UNSEEN)
    except (OSError, ValueError) as fault:
        raise BadSettings(f"{name} names a file that can't be read: {path} ({fault}).") from fault


def _url(text: str) -> str:
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise BadSettings(f"INDUCTION_URL is {text!r}; write the site's address alone, such as https://induction.school.example.")
    usual_port = ":443" if parts.scheme == "https" else ":80"
    return f"{parts.scheme}://{parts.netloc.lower().removesuffix(usual_port)}"


def _mail_server(text: str, url: str | None) -> MailServer:
    """Raises BadSettings, whose words hold no password."""

    def bad(why: str) -> BadSettings:
        return BadSettings(
            f"INDUCTION_SMTP can't be used: {why}. Write smtp://NAME:PASSWORD@HOST:587 (with STARTTLS) or smtps://NAME:PASSWORD@HOST:465, "
            "and ?from=ADDRESS for the sender; signs such as @ : / in a name or password as %40 %3A %2F."
        )

    try:
        parts = urlsplit(text)
        port, host = parts.port, parts.hostname
    except ValueError:
        raise bad("it is no address") from None
    if parts.scheme not in ("smtp", "smtps") or not host or port == 0:
        raise bad("it begins with neither smtp:// nor smtps://" if parts.scheme not in ("smtp", "smtps") else "it names no server")
    said = dict(parse_qsl(parts.query, keep_blank_values=True))
    if parts.path.strip("/") or parts.fragment or set(said) - {"from", "starttls"} or said.get("starttls", "yes") not in ("yes", "no"):
        raise bad("after the server only ?from=ADDRESS and starttls=no are known")
    user, password = (unquote(each) if each else None for each in (parts.username, parts.password))
    if bool(user) != bool(password):
        raise bad("a name goes with a password")
    sender = said.get("from") or (user if user and "@" in user else f"induction@{_own_name(url)}")
    if not SENDER.fullmatch(sender):
        raise bad(f"{sender!r} is no address for the sender")
    tls = parts.scheme == "smtps"
    starttls = not tls and said.get("starttls", "no" if is_loopback(host) else "yes") == "yes"
    if password and not tls and not starttls and not is_loopback(host):
        raise bad("the password would cross the network unprotected")
    return MailServer(host, port or (465 if tls else 587 if user or starttls else 25), tls, starttls, user, password, sender)


def _own_name(url: str | None) -> str:
    host = urlsplit(url).hostname if url else None
    return host if host and host.isascii() and not host.replace(".", "").isdigit() and ":" not in host else "localhost"


def _openid(values: Mapping[str, str]) -> OpenIDThere | None:
    said = {each.name: values.get(OIDC + each.name.upper(), "") for each in fields(OpenIDThere)}
    return OpenIDThere(**said) if any(said.values()) else None


def _public_keys(text: str) -> tuple[str, ...]:
    keys = tuple(text.replace(",", " ").split())
    if text and not keys:
        raise BadSettings("INDUCTION_BACKUP_KEY holds no key; `induction backup-key` makes one.")
    for key in keys:
        if key.upper().startswith("AGE-SECRET-KEY-"):
            raise BadSettings(
                "INDUCTION_BACKUP_KEY holds a private key, which must not lie on this machine. Write the public one, age1…, there; "
                "it stands beside the private one. Keep that elsewhere."
            )
        try:
            pyrage.x25519.Recipient.from_str(key)
        except pyrage.RecipientError:
            raise BadSettings(
                f"INDUCTION_BACKUP_KEY holds {key[:80]!r}, which is no public key of age, or mistyped. It begins with age1; "
                "`induction backup-key` makes one."
            ) from None
    return keys


def _second_folder(text: str | None) -> Path | None:
    if text is None:
        return None
    path = Path(text)
    if not path.is_absolute():
        raise BadSettings(f"INDUCTION_BACKUP_COPY is {text!r}; write the whole path of a folder on another disk, such as /mnt/backup.")
    return path


def split_listen(text: str) -> tuple[str, int]:
    """HOST:PORT taken apart. Raises BadSettings."""
    host, colon, port = text.rpartition(":")
    host = host.strip("[]")
    if not colon or not host or not port.isascii() or not port.isdigit() or not 0 <= int(port[:6]) < 65536:
        raise BadSettings(f"{text!r} is no address to listen on; write HOST:PORT, such as {DEFAULT_LISTEN}.")
    return host, int(port)


def _check_address(name: str, text: str) -> None:
    try:
        ip_address(text)
    except ValueError:
        raise BadSettings(f"{name} is {text!r}; write one IP address, such as 127.0.0.1.") from None


@lru_cache(maxsize=64)  # asked with every page
def is_loopback(host: str) -> bool:
    """Whether only this machine can reach what listens on `host`."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def data_folder(chosen: str | None, environ: Mapping[str, str]) -> Path:
    """The data folder: what was chosen, else systemd's, else the machine's place for this user.

    It lies outside the checkout, so that an upgrade can't take it. Raises BadSettings where
    another of these places already holds a database: two schools in one would each look whole.
    """
    if chosen:
        return _expanded(chosen)
    state = environ.get("STATE_DIRECTORY", "").split(":")[0]
    places = ([Path(state)] if state else []) + _usual(bool(state))
    taken, *others = places
    for other in others:
        if (other / "induction.db").exists() and other != taken:
            raise BadSettings(f"The data folder would be {taken}, but {other} holds a database too. Set INDUCTION_DATA to the one meant.")
    return taken


def _expanded(chosen: str) -> Path:
    try:
        return Path(chosen).expanduser().absolute()
    except RuntimeError:
        raise BadSettings(f"INDUCTION_DATA is {chosen!r}, and this account has no home folder; write the whole path.") from None


def _usual(there_is_another: bool) -> list[Path]:
    """The place for this user; none for an account without a home where there is another place."""
    if os.geteuid() == 0:
        return [Path("/var/lib/induction")]
    try:
        usual = user_data_path("induction", appauthor=False)
    except (RuntimeError, KeyError):
        usual = Path("~")
    if usual.is_absolute():
        return [usual]
    if there_is_another:
        return []
    raise BadSettings("This account has no home folder, so there is no place for the data. Set INDUCTION_DATA to a folder.")
