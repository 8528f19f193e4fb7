"""The one place where a tag is written, so that no value can end its attribute."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape

from ..words import Part, Words

TAG = re.compile(r"<[^>]*>")


def tag(name: str, attributes: Mapping[str, str | Words]) -> Iterator[Part]:
    """A tag that opens. Each value is plain text, or words whose tags are left out; gaps in those stay gaps."""
    html = f"<{name}"
    for attribute, value in attributes.items():
        html += f' {attribute}="'
        for part in (value,) if isinstance(value, str) else value:
            if not isinstance(part, str):
                yield html
                yield part
                html = ""
            else:
                html += escape(part if isinstance(value, str) else unescape(TAG.sub("", part)))
        html += '"'
    yield f"{html}>"
