"""Content folders as small as a rule needs, to be spoilt one line at a time."""

from __future__ import annotations

from pathlib import Path

from induction.content.reading import library
from induction.content.reading.library import Reading

FACTS = """\
helpline-phone:
  value: 0344 381 4772
  what: Helpline for staff, by telephone
  source: The helpline's own site
  checked: 2026-11-22
helpline-hours:
  value: Monday to Friday
  what: When the helpline answers
  source: The helpline's own site
  checked: 2026-11-22
"""
POLICY = """\
pupil-contact:
  ask: How may staff be in touch with pupils?
  why: Schools differ.
  stances:
    none: {label: No online contact, says: Staff have none.}
    platforms: {label: Platforms only, says: Only on platforms.}
    accounts: {label: Accounts too, says: On accounts., needs: approved-accounts}
"""
NATIONS = "".join(
    f"{nation}:\n  safeguarding lead title: {title}\n"
    for nation, title in (
        ("england", "designated safeguarding lead"),
        ("wales", "designated safeguarding person"),
        ("scotland", "child protection coordinator"),
        ("northern-ireland", "Designated Teacher"),
    )
)
INDEX = """\
---
title: Boundaries
pass mark: 75
themes:
  messages: Messages
  parents: {words: Parents, question: Who is also a friend?}
---

What it is for.
"""
LESSON = """\
---
title: Late messages
---

You can wait.

## What to do {#what-to-do}

Sleep on it.
"""
QUIZ = """\
---
title: Late messages
---

## A late message {#late .messages}

It is late.

- [best] Wait.

  > Nothing is lost by morning.

- [poor] Answer.

  > It tempts, because it is quick.
"""
COURSE, LATE, LATE_QUIZ = "courses/c/index.md", "courses/c/01-late.md", "quizzes/c/01-late.md"


class Folder:
    """A shipped folder that reads without a problem, and a school's own that is empty."""

    def __init__(self, where: Path) -> None:
        self.shipped, self.own = where / "shipped", where / "own"
        self.own.mkdir(parents=True)
        for path, text in (
            ("courses/facts.yml", FACTS),
            ("courses/policy.yml", POLICY),
            ("courses/nations.yml", NATIONS),
            (COURSE, INDEX),
            (LATE, LESSON),
            (LATE_QUIZ, QUIZ),
        ):
            self.write(path, text)

    def write(self, path: str, content: str | bytes, own: bool = False) -> Path:
        file = (self.own if own else self.shipped) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def lesson(self, body: str, front: str = "title: Late messages") -> None:
        """Write the lesson with other words. They begin on line 5."""
        self.write(LATE, f"---\n{front}\n---\n\n{body}")

    def quiz(self, body: str, front: str = "title: Late messages") -> None:
        """Write the quiz with other scenarios. They begin on line 5."""
        self.write(LATE_QUIZ, f"---\n{front}\n---\n\n{body}")

    def read(self) -> Reading:
        return library.read(self.shipped, self.own)

    def said(self) -> list[str]:
        """What reading says, each as `name:line: what is wrong; what to write instead`."""
        return sorted(str(problem).removeprefix("quizzes/c/").removeprefix("courses/c/") for problem in self.read().problems)
