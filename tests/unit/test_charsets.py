"""What documents and servers call their encodings: those of texts are known, and no others."""

from __future__ import annotations

import pytest
from wire import one, rss

from index.intake.charsets import codec_of, marked
from index.intake.html import decode_page

PAGE = "<!DOCTYPE html><p>Die Fähre „Żółć“ — täglich"


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("utf-8", "utf-8"),
        ("UTF8", "utf-8"),
        ("ISO-8859-1", "cp1252"),
        ("latin-1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("windows-1252", "cp1252"),
        ("iso-8859-2", "iso8859-2"),
        ("iso-8859-9", "cp1254"),
        ("GB2312", "gb18030"),
        ("gbk", "gb18030"),
        ("shift_jis", "cp932"),
        ("x-sjis", "cp932"),
        ("ks_c_5601-1987", "cp949"),
        ("euc-kr", "cp949"),
        ("windows-874", "cp874"),
        ("utf-16", "utf-16"),
    ],
)
def test_names_of_encodings_mean_what_browsers_take_them_for(name: str, codec: str) -> None:
    assert codec_of(name) == codec
    assert codec_of(name.upper()) == codec


@pytest.mark.parametrize(
    "name",
    ["punycode", "punycode!", "-punycode-", "PunyCode", "idna", "idna.", "unicode_escape",
     "raw-unicode-escape", "undefined", "hex", "rot13", "base64", "bz2", "zlib", "uu", "quopri",
     "no-such-thing", "", ".", "a\0b", "../utf_8", "é", "\x1b[2J", "x" * 5000],
)  # fmt: skip
def test_what_is_no_encoding_of_texts_is_none(name: str) -> None:
    assert codec_of(name) is None


@pytest.mark.parametrize("name", ["punycode", "punycode-", "idna", "unicode_escape", "zlib"])
def test_no_name_of_an_encoding_makes_reading_take_forever(name: str) -> None:
    text = "a" * 20_000 + "-" + "a" * 2_000_000
    page = f"<meta charset={name}><p>{text}"
    assert decode_page(page.encode(), "page") == page
    story = one(rss(f"<description>{text}</description>"), content_type=f"a/b; charset={name}!")
    assert story["content_html"].count("a") >= 2_000_000


# --- told by the server ---------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["iso-8859-2", "cp1250", "utf-16-le", "gb18030"])
def test_a_text_whose_encoding_was_told_says_it_itself(encoding: str) -> None:
    text = (
        PAGE
        if encoding != "iso-8859-2"
        else PAGE.translate({0x201E: '"', 0x201C: '"', 0x2014: "-"})
    )
    assert marked(text.encode(encoding), encoding) == b"\xef\xbb\xbf" + text.encode()


def test_latin_1_is_what_browsers_take_it_for() -> None:
    assert marked("“Fähre” – €".encode("cp1252"), "ISO-8859-1")[3:].decode() == "“Fähre” – €"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (PAGE.encode(), "utf-8"),
        (PAGE.encode(), "iso-8859-1"),
        (PAGE.encode("utf-8-sig"), "iso-8859-1"),
        (PAGE.encode("utf-16"), "iso-8859-1"),
        ("Fähre".encode("latin-1"), "utf-8"),
        (b"F\xffhre", "gbk"),
        ("Fähre".encode("latin-1"), "punycode"),
        ("Fähre".encode("latin-1"), "no-such-thing"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "iso-8859-1"),
        (b"%PDF-1.7\n\xe2\xe3\xcf\xd3", "iso-8859-1"),
        (b"\x1f\x8b\x08" + bytes(200), "iso-8859-1"),
        (bytes(range(256)) * 9, "cp437"),
        (b"plain", "iso-8859-1"),
        (b"", "iso-8859-1"),
    ],
)  # fmt: skip
def test_what_needs_no_telling_or_is_told_wrongly_stays_as_it_is(raw: bytes, encoding: str) -> None:
    assert marked(raw, encoding) == raw
