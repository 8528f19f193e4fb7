"""What is answered to a request that never reaches the site: the same words and headers as on its own pages."""

from __future__ import annotations

from dataclasses import dataclass

from waitress.task import ErrorTask
from waitress.utilities import Error


@dataclass(frozen=True, slots=True)
class Words:
    """A page that is ready: `headers` in pairs, HTML in UTF-8."""

    headers: tuple[tuple[str, str], ...]
    body: bytes


class TookTooLong(Error):
    code = 408
    reason = "Request Timeout"


class TooMany(Error):
    code = 429
    reason = "Too Many Requests"


class Refusal(ErrorTask):
    """The page for an error, from `refusals` of the server: a mapping of codes to Words."""

    def execute(self) -> None:
        error = self.request.error
        words = self.channel.server.refusals[error.code]
        self.status = f"{error.code} {error.reason}"
        self.response_headers += words.headers
        self.set_close_on_finish()
        self.channel.refused = True
        self.content_length = len(words.body)
        self.write(b"" if getattr(self.request, "command", "") == "HEAD" else words.body)
