"""Bytes become text, whatever their encoding; binary files are refused."""

from __future__ import annotations

import codecs
import gzip
import zlib

import pytest

from index.errors import UnreadableError
from index.intake.decoding import decode

RUSSIAN = "Президент России заявил, что переговоры продолжатся на следующей неделе в Стамбуле. " * 4
GREEK = "Ο πρωθυπουργός δήλωσε ότι οι συνομιλίες θα συνεχιστούν την επόμενη εβδομάδα. " * 4
JAPANESE = "首相は来週イスタンブールで会談を続けると述べた。これは重要な一歩である。" * 4
WESTERN = "“Nous sommes prêts”, a déclaré le ministre à Genève – “c’est décidé”."

ENCODED = (
    (WESTERN, "utf-8"),
    (WESTERN, "utf-8-sig"),
    (WESTERN, "utf-16"),
    (WESTERN, "utf-32"),
    (WESTERN, "cp1252"),
    ("Café in Zürich", "latin-1"),
    ("The minister’s office", "cp1252"),
    (RUSSIAN, "utf-8"),
    (RUSSIAN, "cp1251"),
    (RUSSIAN, "koi8-r"),
    (GREEK, "cp1253"),
    (JAPANESE, "utf-8"),
    (JAPANESE, "shift_jis"),
    (JAPANESE, "euc_jp"),
    ("", "utf-8"),
)

BINARY = (
    b"\x89PNG\r\n\x1a\n....",
    b"%PDF-1.7 text",
    b"PK\x03\x04 text",
    b"{\\rtf1 text}",
    gzip.compress(b"text"),
    b"text with a \x00 in it",
    b"\x01\x02\x03\x04\x05\x06a\x07\x0e\x0f",
    zlib.compress(b"no known beginning, but hardly text" * 20)[:1] + bytes(range(256)),
)


@pytest.mark.parametrize(("text", "encoding"), ENCODED)
def test_encodings_are_found_out(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "x") == text


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE])
def test_a_byte_order_mark_tells_the_order(mark: bytes) -> None:
    order = "utf-16-be" if mark == codecs.BOM_UTF16_BE else "utf-16-le"
    assert decode(mark + "Ärger".encode(order), "x") == "Ärger"


@pytest.mark.parametrize("text", ["a\r\nb\r\n", "a\rb\r", "a\nb\n"])
def test_line_ends_become_one_kind(text: str) -> None:
    assert decode(text.encode(), "x") == "a\nb\n"


def test_one_damaged_byte_does_not_change_the_rest() -> None:
    raw = ("Türkiye’s “final” offer – dünya çapında " * 3).encode()
    damaged = raw[:20] + b"\xff" + raw[20:]
    assert decode(damaged, "x").count("\N{REPLACEMENT CHARACTER}") <= 3
    assert "dünya çapında" in decode(damaged, "x")


@pytest.mark.parametrize("raw", BINARY)
def test_binary_files_are_refused(raw: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"^picture: is a"):
        decode(raw, "picture")


def test_escape_sequences_are_text() -> None:
    assert decode(b"\x1b[31mred\x1b[0m", "x") == "\x1b[31mred\x1b[0m"
