"""A mailbox to its messages, one after the other, without holding more than one of them.

The formats are those of the mbox family: a message begins at a line ``From address date`` behind
an empty one, and lines of the text that begin so have a ``>`` before them (RFC 4155, and
``mboxrd`` in mbox(5) of qmail).
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING, BinaryIO

from index.cleaning import clean
from index.errors import UnreadableError
from index.intake.document import Document
from index.intake.files import SIZE_LIMIT, too_large

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_LINE = 1 << 16
"""Bytes of a line that are looked at together; a longer one comes in several."""

_HEAD_SEARCH = 1 << 16
"""Bytes of a message in which its id is looked for."""

_ENVELOPE = re.compile(rb"From [^\r\n]{0,500}\d")
_ESCAPED = re.compile(rb"^>(>*From )")
_ID = re.compile(
    rb"^message-id:[ \t]*(?:\r?\n[ \t]+)?<?([^\s<>]{1,400})>?[ \t]*\r?$",
    re.MULTILINE | re.IGNORECASE,
)
_END_OF_HEADERS = re.compile(rb"\r?\n\r?\n")


def messages(file: BinaryIO, origin: str) -> Iterator[Document | UnreadableError]:
    """Give the messages of a mailbox, each known by its id, or else by a digest of its bytes."""
    taken: set[str] = set()
    for number, raw in enumerate(_parted(file), 1):
        if raw is None:
            yield UnreadableError(f"{origin}, message {number:,}", too_large())
        elif raw.strip():
            yield Document(raw, f"{origin}#{_name(raw, taken)}")


def _name(raw: bytes, taken: set[str]) -> str:
    """Return what tells a message from the others. An id that came before tells nothing."""
    headers = _END_OF_HEADERS.split(raw[:_HEAD_SEARCH], maxsplit=1)[0]
    found = _ID.search(headers)
    name = clean(found[1].decode("utf-8", "replace")) if found else ""
    if not name or name in taken:
        name = blake2b(raw, digest_size=10).hexdigest()
    taken.add(name)
    return name


def _parted(file: BinaryIO) -> Iterator[bytes | None]:
    """Give the bytes of each message; None for one that is too large."""
    held = bytearray()
    size = 0
    is_first, is_begun, behind_blank = True, True, True
    while line := file.readline(_LONGEST_LINE):
        if is_begun and behind_blank and _ENVELOPE.match(line):
            if not is_first:
                yield bytes(held) if size <= SIZE_LIMIT else None
            held, size, is_first = bytearray(), 0, False
        else:
            size += len(line)
            if size <= SIZE_LIMIT:
                held += _ESCAPED.sub(rb"\1", line) if is_begun and line[:1] == b">" else line
        behind_blank = is_begun and not line.strip()
        is_begun = line.endswith(b"\n")
    yield bytes(held) if size <= SIZE_LIMIT else None
