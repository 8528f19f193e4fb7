"""The documents for engineers name files and folders that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DECISIONS = sorted((ROOT / "docs/decisions").glob("*.md"))
DOCUMENTS = ["docs/architecture.md", "CONTRIBUTING.md", "README.md", *(f"docs/decisions/{path.name}" for path in DECISIONS)]
NAMED = re.compile(r"`((?:induction|tests|templates|static|courses|quizzes|docs|deploy)/[\w./-]*)`")
LINK = re.compile(r"\]\(([\w./-]+?)(?:#[\w-]*)?\)")


def missing(document: str, text: str) -> list[str]:
    links = [(ROOT / document).parent / link for link in LINK.findall(text)]
    return [str(path) for path in [*(ROOT / name for name in NAMED.findall(text)), *links] if not path.exists()]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_a_document_names_is_there(document):
    assert missing(document, (ROOT / document).read_text(encoding="utf-8")) == []


def test_what_is_not_there_would_be_found():
    found = missing("docs/architecture.md", "See `induction/rules/judgement.py` and [why](decisions/99-none.md).")
    assert len(found) == 2


def test_every_storey_is_drawn():
    drawn = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    storeys = {path.parent.name for path in (ROOT / "induction").glob("*/__init__.py")}
    assert [name for name in storeys if not re.search(rf"^{name}\b|  {name}\b", drawn, re.MULTILINE)] == []
