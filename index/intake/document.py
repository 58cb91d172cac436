"""A document: the bytes of one article, taken out of whatever they came in."""

from __future__ import annotations

from typing import NamedTuple


class Document(NamedTuple):
    """What is kept of an article as it came, and can be parsed again at any time."""

    raw: bytes
    origin: str
    """The path or address it came from; the same each time it comes, and of no other document.

    Of what came within something larger, the path or address of that, and ``#`` or ``/`` and what
    tells it from the rest: ``/news/2024.jsonl#a7c1``, ``/news/2024.zip/iran/talks.txt``.
    """

    stamp: str | None = None
    """Tells whether the file it was in was touched since it was read; None for what is no file."""

    form_of: str | None = None
    """The id of an article of which this is certain to be another form."""
