"""What a browser sends: read so that no bytes can stop the site, and each value under a limit before it is looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from io import BytesIO
from typing import IO, Any, TypeVar

from flask import Flask, Request, abort, current_app, request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.formparser import FormDataParser

MOST_FIELDS = 1000  # of one form; ours have two hundred at most
LONGEST_ADDRESS = 8000  # bytes of what stands behind the question mark
LARGEST_IN_PARTS = 64 * 1024  # bytes, where no file is asked for: reading in parts is slow for some
LONGEST_VALUE = 500  # characters of what goes along with a form, or of a wish in an address
_NOT_PLAIN = re.compile(rb"[^!-~]")
_ESCAPED = re.compile(rb"(?:%[0-9A-Fa-f]{2})+")

Pairs = Iterable[tuple[str | None, Any]]
View = TypeVar("View", bound=Callable[..., Any])


def takes_a_file(largest: int) -> Callable[[View], View]:
    """For a page whose form asks for a file, or for a text as long as one, of so many bytes."""

    def marked(view: View) -> View:
        view.takes_a_file = largest + LARGEST_IN_PARTS  # type: ignore[attr-defined]
        return view

    return marked


def largest_body(app: Flask) -> int:
    """The bytes of the largest body that any page takes."""
    return max(app.config["MAX_CONTENT_LENGTH"], *(getattr(view, "takes_a_file", 0) for view in app.view_functions.values()))


def _named(pairs: Pairs) -> list[tuple[str, Any]]:
    return [(name, value) for name, value in pairs if name is not None]


class _FormReader(FormDataParser):
    """Reads forms. What is no text is read as U+FFFD, which no field takes; a part without a name belongs to no field."""

    largest_in_parts = LARGEST_IN_PARTS

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, Any]]:
        if mimetype == "application/x-www-form-urlencoded":
            return stream, self.cls(_pairs(stream.read())), self.cls()
        if mimetype == "multipart/form-data" and (content_length or 0) > self.largest_in_parts:
            abort(413)
        stream, form, files = super().parse(stream, mimetype, content_length, options)
        return stream, self.cls(_named(form.items(multi=True))), self.cls(_named(files.items(multi=True)))


def _pairs(sent: bytes) -> list[tuple[str, str]]:
    """The names and values of a form or an address. The standard library's reader takes half a second for a megabyte of `%`."""
    if sent.count(b"&") >= MOST_FIELDS:
        abort(413)
    split = (pair.partition(b"=") for pair in sent.split(b"&") if pair)
    return [(_plain(name), _plain(value)) for name, _, value in split]


def _plain(escaped: bytes) -> str:
    spaced = escaped.replace(b"+", b" ")
    return _ESCAPED.sub(lambda run: bytes.fromhex(run[0].replace(b"%", b"").decode()), spaced).decode(errors="replace")


class Incoming(Request):
    """Flask's request, read as above."""

    form_data_parser_class = _FormReader

    def __init__(self, environ: Any, *more: Any, **known: Any) -> None:
        super().__init__(environ, *more, **known)
        self.query_string = _NOT_PLAIN.sub(lambda sign: b"%%%02X" % sign[0][0], self.query_string)

    @property
    def _file(self) -> int:
        """How many bytes may come to this page where it asks for a file; else 0."""
        largest: int = getattr(current_app.view_functions.get(self.endpoint or ""), "takes_a_file", 0)
        return largest

    @property
    def max_content_length(self) -> int | None:
        return self._file or super().max_content_length

    @property
    def max_form_memory_size(self) -> int | None:
        return self._file or super().max_form_memory_size

    def make_form_data_parser(self) -> FormDataParser:
        reader = super().make_form_data_parser()
        reader.largest_in_parts = self._file or LARGEST_IN_PARTS  # type: ignore[attr-defined]
        return reader

    def _get_file_stream(self, *_: Any, **__: Any) -> IO[bytes]:
        """Where a file goes: it is under the page's limit, and gone with the request."""
        return BytesIO()

    @cached_property
    def args(self) -> ImmutableMultiDict[str, str]:  # type: ignore[override]
        """What the address asks for."""
        if len(self.query_string) > LONGEST_ADDRESS:
            abort(414)
        return ImmutableMultiDict(_pairs(self.query_string))


def sent(name: str, longest: int = LONGEST_VALUE) -> str:
    """What goes along with a form beside its fields, cut off where it is longer than any of ours; empty where it isn't there."""
    return request.form.get(name, "")[:longest]


def sent_file(name: str) -> tuple[str, bytes]:
    """What a file that was sent is called, without the folders it came from, and what is in it; empty where there is none."""
    file = request.files.get(name)
    called = re.split(r"[/\\]", (file.filename or "")[-LONGEST_VALUE:])[-1] if file else ""
    return called, file.read() if file else b""


def every(name: str) -> list[str]:
    """All that goes along with a form under one name, as ticks do."""
    return [value[:LONGEST_VALUE] for value in request.form.getlist(name)]


def all_like(name: re.Pattern[str], longest: int = LONGEST_VALUE) -> list[tuple[re.Match[str], str]]:
    """What goes along with a form under names of one kind, each with how its name fits."""
    found = ((name.fullmatch(each), value) for each, value in request.form.items())
    return [(fits, value[:longest]) for fits, value in found if fits]


def all_sent() -> MultiDict[str, str]:
    """All that goes along with a form where one was sent, else all that the address asks for."""
    return request.form if request.method == "POST" else request.args


def asked(name: str, longest: int = LONGEST_VALUE) -> str:
    """A wish in the address, such as a list's page, cut off as above; empty where it isn't there."""
    return request.args.get(name, "")[:longest]


def maybe_asked(name: str, longest: int = LONGEST_VALUE) -> str | None:
    """The same; None where it isn't there."""
    return asked(name, longest) if name in request.args else None


def asked_twice(*names: str) -> bool:
    """Whether the address asks for one of these more than once."""
    return any(len(request.args.getlist(name)) > 1 for name in names)


def number(text: str) -> int:
    """A number that was sent or asked for; 0 for nonsense."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
