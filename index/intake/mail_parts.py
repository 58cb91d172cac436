"""An email, or a web archive, which is written like one, to its parts: within bounds."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import Message
from typing import Any

from index.errors import UnreadableError

MOST_BOUNDARIES = 20_000
"""Lines that may part an email: it is parted at all of them before any part is looked at."""

MOST_LINES = 1_500_000
"""Lines of an email: a web archive of 100 MB has 1.4 million."""

DEEPEST = 20
"""Parts within one another: each line is compared with the boundaries of all that it is in."""

LONGEST_HEADER = 8_000
"""Characters of a header that are kept."""

MOST_PARAMETERS = 30
"""Parameters of a header that are kept: the time to read them grows as a square."""


def read_message(raw: bytes, origin: str) -> Message:
    """Return the message that ``raw`` is (RFC 5322, MIME), its headers as they came, but bounded.

    Raises UnreadableError when it may have more parts or lines than any email has, or is nested
    too deeply; and whatever the standard library stumbles over, which has many names.
    """
    if raw.count(b"\n--") + raw.count(b"\r--") > MOST_BOUNDARIES:
        raise UnreadableError(origin, "has too many parts")
    if raw.count(b"\n") + raw.count(b"\r") - raw.count(b"\r\n") > MOST_LINES:
        raise UnreadableError(origin, "has too many lines")
    try:
        return message_from_bytes(raw, _Part, policy=_Bounded())
    except _TooDeepError as error:
        raise UnreadableError(origin, "is nested too deeply") from error


class _TooDeepError(Exception):
    """A part is within more parts than any is."""


class _Part(Message):
    """A message or a part of one, which knows how deep it stands."""

    depth = 0

    def attach(self, payload: Any) -> None:
        """Take in a part, before that is read."""
        payload.depth = self.depth + 1
        if payload.depth > DEEPEST:
            raise _TooDeepError
        super().attach(payload)


class _Bounded(policy.Compat32):
    """Headers as they came, each cut where none that says anything goes on."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Return the name of a header, and what is kept of its value."""
        name, value = super().header_source_parse(sourcelines)
        if name.lower().startswith("content-"):
            value = ";".join(value.split(";", MOST_PARAMETERS)[:MOST_PARAMETERS])
        return name, value[:LONGEST_HEADER]
