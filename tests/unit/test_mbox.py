"""A mailbox is its messages, each known by its id, however long it is."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from index.errors import UnreadableError
from index.intake import mbox, parse
from index.intake.document import Document
from index.intake.unpack import unpack

if TYPE_CHECKING:
    import pytest

PROSE = b"The council met on Monday to talk about the ferry, and agreed on nothing at all.\n"
ENVELOPE = b"From a@b.example Thu Oct  9 12:00:00 2025\n"


def message(number: object, body: bytes = PROSE) -> bytes:
    head = f"From: a@b.example\nMessage-ID: <{number}@b.example>\nSubject: Number {number}\n\n"
    return head.encode() + body + b"\n"


def opened(raw: bytes, name: str = "a.mbox") -> list[Document | UnreadableError]:
    return list(unpack(io.BytesIO(raw), f"/news/{name}", len(raw)))


def documents(raw: bytes) -> dict[str, bytes]:
    found = opened(raw)
    return {one.origin: one.raw for one in found if isinstance(one, Document)}


def test_messages_are_known_by_their_ids() -> None:
    raw = b"".join(ENVELOPE + message(number) for number in range(3))
    found = documents(raw)
    assert list(found) == [f"/news/a.mbox#{number}@b.example" for number in range(3)]
    assert list(found.values()) == [message(number) for number in range(3)]
    titles = [parse(one, origin).title for origin, one in found.items()]
    assert titles == ["Number 0", "Number 1", "Number 2"]


def test_an_id_that_came_before_tells_nothing() -> None:
    raw = ENVELOPE + message(1) + ENVELOPE + message(1, b"Other\n") + ENVELOPE + b"From: a@b.c\n\nx"
    names = [origin.partition("#")[2] for origin in documents(raw)]
    assert names[0] == "1@b.example"
    assert len(set(names)) == 3
    assert all(len(name) == 20 for name in names[1:])


def test_an_id_may_stand_on_the_next_line_and_the_body_has_none() -> None:
    raw = ENVELOPE + b"From: a@b.example\r\nmessage-id:\r\n <x@y>\r\nSubject: A\r\n\r\nWords"
    assert list(documents(raw)) == ["/news/a.mbox#x@y"]
    raw = ENVELOPE + b"From: a@b.example\nSubject: A\n\nMessage-ID: <x@y>\n"
    assert list(documents(raw)) != ["/news/a.mbox#x@y"]


def test_escaped_lines_of_the_text_are_restored() -> None:
    body = b">From 1 to 9\n>>From x\n> From y\nFrom 1 behind a line of text\n"
    [kept] = documents(ENVELOPE + message(1, body)).values()
    assert b"\n\nFrom 1 to 9\n>From x\n> From y\nFrom 1 behind" in kept


def test_a_message_that_is_too_large_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbox, "SIZE_LIMIT", 1_000)
    raw = ENVELOPE + message(1) + ENVELOPE + message(2, PROSE * 100) + ENVELOPE + message(3)
    found = opened(raw)
    errors = [one for one in found if isinstance(one, UnreadableError)]
    assert [one.path for one in errors] == ["/news/a.mbox, message 2"]
    assert len(found) == 3


def test_lines_of_any_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbox, "_LONGEST_LINE", 10)
    body = b"x" * 30 + b"From 1 not the beginning of a line\n"
    assert documents(ENVELOPE[:9] + b"\n" + message(1, body)) != {}
    [kept] = documents(b"From 1\n" + message(1, body)).values()
    assert body in kept


def test_nothing_comes_of_an_empty_message() -> None:
    assert len(documents(ENVELOPE + message(1) + ENVELOPE + b"\n\n" + ENVELOPE + message(2))) == 2
