"""Web archives: the page within is found, and read."""

from __future__ import annotations

import quopri

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import STORY, TITLE, page

from index.errors import UnreadableError
from index.intake.mhtml import parse_mhtml

BOUNDARY = "----boundary"


def archive(*parts: bytes, head: str = "") -> bytes:
    top = (
        "From: <Saved by Blink>\r\n"
        f"{head}"
        "MIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related; type="text/html"; boundary="{BOUNDARY}"\r\n\r\n'
    )
    mark = f"\r\n--{BOUNDARY}".encode()
    return top.encode() + b"".join(mark + b"\r\n" + part for part in parts) + mark + b"--\r\n"


def part(markup: str, charset: str = "utf-8", head: str = "", kind: str = "text/html") -> bytes:
    told = (
        f'Content-Type: {kind}; charset="{charset}"\r\n'
        f"Content-Transfer-Encoding: quoted-printable\r\n{head}\r\n"
    )
    return told.encode() + quopri.encodestring(markup.encode(charset))


ADDRESS = "https://harbour.example/news/ferry"


@pytest.mark.parametrize(
    "raw",
    [
        archive(part(page()), head=f"Snapshot-Content-Location: {ADDRESS}\r\n"),
        archive(part(page(), head=f"Content-Location: {ADDRESS}\r\n")),
        archive(
            part("p { color: red }", kind="text/css"),
            part(page(), head=f"Content-Location: {ADDRESS}\r\n"),
            part("<p>An advertisement in a frame of its own</p>"),
        ),
    ],
    ids=["snapshot", "location", "frames"],
)
def test_an_archive_is_its_page(raw: bytes) -> None:
    article = parse_mhtml(raw, "/news/ferry.mhtml")
    assert article.title == TITLE
    assert tuple(block.text for block in article.blocks) == STORY
    assert article.url == ADDRESS
    assert article.origin == "/news/ferry.mhtml"


def test_a_page_in_an_encoding_of_its_own() -> None:
    markup = page(story=("Die Fähre fährt weiter. " + STORY[0], *STORY[1:]))
    bare = markup.replace('<meta charset="utf-8">', "").replace("“", '"').replace("”", '"')
    article = parse_mhtml(archive(part(bare, "iso-8859-1")), "a.mhtml")
    assert article.blocks[0].text.startswith("Die Fähre fährt")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"no archive at all",
        archive(),
        archive(part("body {}", kind="text/css")),
        archive(part("")),
        archive(part(page()))[:150],
        b"Content-Type: multipart/related; boundary=a\r\n\r\n" + b"--a\r\n" * 10_000,
        b"Content-Type: text/html; charset=\xff\xfe\r\nContent-Transfer-Encoding: base64\r\n\r\n!",
    ],
)
def test_what_is_no_archive_is_refused(raw: bytes) -> None:
    with pytest.raises(UnreadableError):
        parse_mhtml(raw, "a.mhtml")


@settings(max_examples=50)
@given(st.one_of(st.binary(max_size=300), st.binary(max_size=200).map(archive)))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        article = parse_mhtml(raw, "a.mhtml")
    except UnreadableError:
        return
    assert article.blocks
