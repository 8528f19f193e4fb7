"""What a page shows, as plain text with a few signs of Markdown: for readers who get a file and nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from tests.markup import Element, parse

INLINE = {"a", "abbr", "b", "code", "em", "i", "label", "small", "span", "strong", "sub", "sup", "time"}
UNSEEN = {"button", "input", "script", "style", "svg"}
BOXES = {"blockquote", "details", "figure"}
BOX_CLASSES = {"key", "law", "policy"}
HEADINGS = {"h1", "h2", "h3", "h4"}


def as_text(html: str) -> str:
    """The words of a piece of a page, its paragraphs a line each with an empty line between."""
    return "\n\n".join(_blocks(parse(html)))


def _blocks(element: Element) -> Iterator[str]:
    run = ""
    for child in element.children:
        if isinstance(child, str) or child.tag in INLINE or child.tag in ("br", "img"):
            run += _inline(child)
            continue
        yield from _line(run)
        run = ""
        if _seen(child):
            yield from _block(child)
    yield from _line(run)


def _block(element: Element) -> Iterator[str]:
    if element.tag in HEADINGS:
        yield f"{'#' * int(element.tag[1])} {_inline(element).strip()}"
    elif element.tag in ("ol", "ul"):
        yield "\n".join(_items(element))
    elif element.tag == "tr":
        cells = (each for each in element.children if isinstance(each, Element))
        yield " | ".join(" ".join(_blocks(cell)) for cell in cells)
    elif element.tag in BOXES or BOX_CLASSES & set(element.get("class").split()):
        yield _box(element)
    else:
        yield from _blocks(element)


def _items(element: Element) -> Iterator[str]:
    """The items of a list; those of a conversation are in order, and not counted."""
    counted = element.tag == "ol" and element.within("figure") is None
    items = [each for each in element.children if isinstance(each, Element)]
    for number, item in enumerate(items, int(element.get("start") or 1)):
        mark = f"{number}. " if counted else "- "
        lines = "\n".join(_blocks(item)).splitlines()
        yield "\n".join([mark + (lines[0] if lines else ""), *(" " * len(mark) + line for line in lines[1:])])


def _box(element: Element) -> str:
    said = [element.get("aria-label")] if "phone" in element.get("class").split() else []
    return "\n".join(f"> {line}".rstrip() for line in "\n".join([*said, *_blocks(element)]).splitlines())


def _inline(piece: Element | str) -> str:
    if isinstance(piece, str):
        return piece.replace("\n", " ")
    if piece.tag == "br":
        return "\n"
    if piece.tag == "img":
        return f"[picture: {piece.get('alt')}]"
    return "".join(_inline(child) for child in piece.children) if _seen(piece) else ""


def _seen(element: Element) -> bool:
    return element.tag not in UNSEEN and "hidden" not in element.attrs and element.get("aria-hidden") != "true"


def _line(run: str) -> Iterator[str]:
    words = "\n".join(" ".join(line.split()) for line in run.split("\n")).strip()
    if words:
        yield words
