"""What lies in the file that somebody takes along, told in a text that is read first."""

from __future__ import annotations

from ..rules.badges import School
from .numbers import counted


def read_me(name: str, school: School, certificates: int, *, pdfs: int, badges: int, is_reachable: bool) -> str:
    """`certificates`: how many there are; `pdfs` and `badges`: of how many of them there is one."""
    parts = [f"The induction record of {name} at {school.name}.", _of_certificates(school, certificates, pdfs, badges, is_reachable)]
    parts.append(
        "record/ holds everything that the school’s site holds about you: sheets for a spreadsheet, and the same as data\n"
        "(my-induction-record.json). What you chose in scenarios is practice, and no statement about your conduct: you need not show it\n"
        "to anybody."
    )
    return "\n\n".join(parts) + "\n"


def _of_certificates(school: School, count: int, pdfs: int, badges: int, is_reachable: bool) -> str:
    if not count:
        return "There is no certificate: no course has been completed here yet."
    lines = [
        f"certificates/ holds {counted(pdfs, 'certificate')} as PDF, to print and to show. Anybody can check one at the address on it."
        if pdfs else "The certificates could not be made as PDF just now. Download this again later, or print their pages."
    ]
    if badges:
        lines.append(
            f"badges/ holds the badges of {counted(badges, 'certificate')}, signed by {school.name}. Give the file that ends in .json\n"
            "to your next school: if it runs the same program, a lead reads it there under People, Done elsewhere, and need not type\n"
            "anything in.\n"
            "The file that ends in .jwt says the same, for programs that ask for it."
        )
    if badges < count:
        lines.append("Not every certificate has a badge: one that was corrected has none, or the school’s key was not at hand.")
    if not is_reachable:
        lines.append("The site has no public address yet, so the addresses in these files can’t be opened from elsewhere.")
    return "\n\n".join(lines)
