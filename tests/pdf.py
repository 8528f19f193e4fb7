"""A PDF as others read it: by the programs of poppler, which have nothing of ours."""

import subprocess


def text(pdf: bytes) -> str:
    """Its words, as somebody copies them out of it."""
    return _said("pdftotext", pdf, "-enc", "UTF-8", "-layout", "-", "-")


def about(pdf: bytes) -> dict[str, str]:
    """What it says of itself: Title, Tagged, Pages."""
    lines = (line.partition(":") for line in _said("pdfinfo", pdf, "-").splitlines())
    return {name: value.strip() for name, _, value in lines}


def structure(pdf: bytes) -> str:
    """Its words in the order in which they are read aloud, under the kinds of what they stand in."""
    return _said("pdfinfo", pdf, "-struct-text", "-")


def _said(program: str, pdf: bytes, *arguments: str) -> str:
    done = subprocess.run([program, *arguments], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()
