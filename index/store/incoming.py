"""What comes into the record, and what can come of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from index.article import Article

Outcome = Literal["added", "updated", "unchanged", "known", "clashing"]
"""What came of an article. ``known``: it is a copy of one that is there, which is shown as before.
``clashing``: nothing, its id is that of another origin."""


class Incoming(NamedTuple):
    """An article on its way into the record, with the bytes it was parsed from."""

    article: Article
    raw: bytes
    stamp: str | None = None
    """Tells whether a file was touched since it was read; None for what is no file."""
