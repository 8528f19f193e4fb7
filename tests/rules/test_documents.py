"""What a file is by its bytes, whatever it is called."""

import io
import struct
import zipfile
import zlib

import pytest

from induction.rules import documents
from induction.rules.documents import Kind, Unfit, called, kind

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width=2, height=2, data=b"\0" * 14, end=True) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(data)) + (chunk(b"IEND", b"") if end else b"")


def jpeg(width=2, height=2, more=b"", end=b"\xff\xd9") -> bytes:
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\1\x11\0"
    return b"\xff\xd8" + b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + b"\0" * 9 + more + frame + b"\xff\xda\0\2data" + end


def zipped(name="a.txt", content=b"a", level=zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", level) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(("content", "found"), [
    (PDF, Kind.PDF),
    (PDF + b"\r\n" * 20, Kind.PDF),
    (png(), Kind.PNG),
    (jpeg(), Kind.JPEG),
    (jpeg(more=b"\xff\xfe\0\7hello"), Kind.JPEG),
    (jpeg(end=b"\xff\xd9" + b"what a telephone adds" * 9), Kind.JPEG),
    (PDF + b" " * (documents.LARGEST - len(PDF) - 7) + b"\n%%EOF\n", Kind.PDF),
])  # fmt: skip
def test_a_pdf_and_pictures_are_taken(content, found):
    assert kind(content) is found


HTML = b"<!doctype html><title>x</title><script>alert(1)</script>"


@pytest.mark.parametrize(("content", "words"), [
    (b"", "0 bytes"),
    (HTML, "a web page, whatever its name says"),
    (b"\xef\xbb\xbf\r\n  " + HTML, "a web page"),
    (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a web page"),
    (HTML + PDF, "a web page"),  # a PDF reader would find the PDF in it
    (b"\n" + PDF, "no PDF, PNG or JPEG"),
    (zipped(content=b"\0" * 20_000_000), "a zip file"),
    (zipped("word/document.xml"), "a Word or Excel document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "an older Word"),
    (b"GIF89a" + b"\0" * 9, "a GIF"),
    (b"\0\0\0\x18ftypheic" + b"\0" * 99, "(HEIC)"),
    (b"MZ\x90\0", "no PDF, PNG or JPEG"),
    (b"hello", "no PDF, PNG or JPEG"),
    (PDF[:-20], "not whole"),
    (PDF + b"\0" * 2000, "not whole"),
    (png(end=False), "not whole"),
    (png()[:-4] + b"\0\0\0\0", "not whole"),
    (b"\x89PNG\r\n\x1a\n" + HTML, "not whole"),
    (b"\x89PNG\r\n\x1a\n", "not whole"),
    (b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""), "not whole"),
    (png(width=0), "not whole"),
    (png(width=60_000, height=60_000), "more points than any telephone takes"),
    (jpeg(width=65_535, height=65_535), "more points than any telephone takes"),
    (jpeg(end=b""), "not whole"),
    (b"\xff\xd8\xff", "not whole"),
    (b"\xff\xd8\xff\xe0" + HTML, "not whole"),
    (PDF + b" " * documents.LARGEST, "more than 5 MB"),
])  # fmt: skip
def test_everything_else_is_refused_with_words(content, words):
    with pytest.raises(Unfit, match=words.replace("(", r"\(").replace(")", r"\)")):
        kind(content)


@pytest.mark.parametrize(("name", "found", "is_called"), [
    ("Certificate.pdf", Kind.PDF, "Certificate.pdf"),
    ("Certificate.PDF", Kind.PDF, "Certificate.PDF"),
    ("photo.jpeg", Kind.JPEG, "photo.jpeg"),
    ("photo.pdf", Kind.JPEG, "photo.pdf.jpg"),
    ("run.pdf.exe", Kind.PDF, "run.pdf.exe.pdf"),
    ("", Kind.PNG, "certificate.png"),
    (".pdf", Kind.PDF, "pdf.pdf"),
    ("../../etc/passwd", Kind.PDF, "-..-etc-passwd.pdf"),
    ("Zoë’s 證書.pdf", Kind.PDF, "Zoë’s 證書.pdf"),
    ("n" * 300, Kind.PNG, "n" * 195 + ".png"),
])  # fmt: skip
def test_what_it_is_called_from_then_on(name, found, is_called):
    assert called(name, found) == is_called
