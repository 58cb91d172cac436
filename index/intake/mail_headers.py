"""What the headers of an email say, as text: encoded words (RFC 2047) and folded lines resolved.

The header parsers of the standard library's newer policies take their time with hostile headers,
and stumble over some; so headers are taken as they came, and bounded.
"""

from __future__ import annotations

import re
from email.errors import MessageError
from email.header import decode_header
from typing import TYPE_CHECKING

from index.cleaning import clean
from index.intake.charsets import decode_as

if TYPE_CHECKING:
    from email.message import Message

LONGEST = 2_000
"""Characters of a header that are read."""

_DECODING_FAILS = (MessageError, ValueError, LookupError, RecursionError, IndexError)
_ENCODED = re.compile(r"=\?[^\s?]*\?[qb]\?.*?\?=(?:\s*=\?[^\s?]*\?[qb]\?.*?\?=)*", re.IGNORECASE)
"""Encoded words in a row: a letter may begin in one and end in the next."""

_NAMED = re.compile(r"(?P<name>[^<>]*)<[^\s@<>]*@(?P<host>[\w.-]+)")
_COMMENTED = re.compile(r"[^\s@<>]+@(?P<host>[\w.-]+)\s*\((?P<name>[^()]+)\)")
_BARE = re.compile(r"[^\s@<>]+@(?P<host>[\w.-]+)")
_LIST_ID = re.compile(r"\s*(?P<name>[^<]*?)\s*<(?P<id>[^<>]*)>")


def header(message: Message, name: str) -> str:
    """Return the first header of a name as one line of text, or ``""`` where there is none."""
    raw = next((value for key, value in message.raw_items() if key.lower() == name), "")
    return " ".join(clean(_decoded(_as_text(str(raw)[:LONGEST]))).split())


def sender(message: Message) -> tuple[str, str]:
    """Return the name that an email is from, where there is one, and the host of the address."""
    told = header(message, "from")
    found = _NAMED.search(told) or _COMMENTED.search(told) or _BARE.search(told)
    if not found:
        return told, ""
    name = (found.groupdict().get("name") or "").replace('\\"', '"').strip(" \"'")
    return ("" if "@" in name else name), found["host"].lower()


def list_name(message: Message) -> str:
    """Return the name of the mailing list that an email went to, as its ``List-Id`` has it."""
    found = _LIST_ID.match(header(message, "list-id"))
    return found["name"].strip(" \"'") if found else ""


def _as_text(value: str) -> str:
    """Return a header as it came, in which bytes beyond ASCII stand as lone surrogates."""
    raw = value.encode("utf-8", "surrogateescape")
    return decode_as(raw, "utf-8") or raw.decode("cp1252", "replace")


def _decoded(value: str) -> str:
    """Return a header with its encoded words as text; what stands between them stays as it is."""
    return _ENCODED.sub(_of_words, re.sub(r"\s*\n\s*", " ", value)) if "=?" in value else value


def _of_words(found: re.Match[str]) -> str:
    try:
        words = decode_header(found[0])
    except _DECODING_FAILS:
        return found[0]
    return "".join(
        word if isinstance(word, str) else _word(word, charset) for word, charset in words
    )


def _word(raw: bytes, charset: str | None) -> str:
    return decode_as(raw, charset or "utf-8") or raw.decode("utf-8", "replace")
