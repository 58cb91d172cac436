"""An email, or a web archive, which is written like one, to its parts: within bounds."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import TYPE_CHECKING

from index.errors import UnreadableError

if TYPE_CHECKING:
    from email.message import Message

MOST_BOUNDARIES = 20_000
"""Lines that may part an email: it is parted at all of them before any part is looked at."""


def read_message(raw: bytes, origin: str) -> Message:
    """Return the message that ``raw`` is (RFC 5322, MIME), its headers as they came.

    Raises UnreadableError when it may have more parts than any email has; and whatever the
    standard library stumbles over, which has many names.
    """
    if raw.count(b"\n--") > MOST_BOUNDARIES:
        raise UnreadableError(origin, "has too many parts")
    return message_from_bytes(raw, policy=policy.compat32)
