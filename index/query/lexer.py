"""Query text, cut into tokens: words, phrases, operators, brackets, and names before a colon."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from index.query.names import FIELDS, OPERATORS

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["word", "phrase", "open", "close", "AND", "OR", "NOT", "field"]

QUOTES = '"“”„‟＂'
"""All of these open and close a phrase: a pasted headline has curly ones."""


class Token(NamedTuple):
    """A piece of the query."""

    kind: Kind
    text: str
    """Of a phrase what is between the quotes; of a field its name."""

    start: int
    end: int
    suffix: str = ""
    """The ``~`` and ``^`` behind a phrase or a bracket, as written."""

    closed: bool = True
    """Whether a phrase has its closing quote; whether a field's value follows at once."""


_TOKEN = re.compile(
    rf"""(?P<phrase>[{QUOTES}](?P<inside>[^{QUOTES}]*)(?:[{QUOTES}](?P<within>(?:~\d*)?(?:\^[\d.]*)?)|\Z))
    |(?P<open>\()
    |(?P<close>\)(?P<boost>(?:\^[\d.]*)?))
    |(?P<chunk>[^\s(){QUOTES}]+)
    """,
    re.VERBOSE,
)
_FIELD = re.compile(r"([a-z]+):", re.IGNORECASE | re.ASCII)


def tokens(text: str) -> Iterator[Token]:
    """Cut ``text`` into tokens, in order."""
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if match["open"]:
            yield Token("open", "(", start, end)
        elif match["close"]:
            yield Token("close", ")", start, end, match["boost"])
        elif match["phrase"]:
            closed = match["within"] is not None
            yield Token("phrase", match["inside"], start, end, match["within"] or "", closed)
        else:
            yield from _chunk(text, start, end)


def _chunk(text: str, start: int, end: int) -> Iterator[Token]:
    """Cut characters without a space between them into signs, names and a word."""
    chunk = text[start:end]
    if chunk in OPERATORS:
        yield Token(chunk, chunk, start, end)  # type: ignore[arg-type]
        return
    if _is_minus(text, start):
        yield Token("NOT", "-", start, start + 1)
        start += 1
    field = _FIELD.match(text, start, end)
    if field and field[1].lower() in FIELDS and not text.startswith("//", field.end()):
        value_follows = field.end() < len(text) and not text[field.end()].isspace()
        if value_follows or not text[field.end() :].strip():
            yield Token("field", field[1].lower(), start, field.end(), closed=value_follows)
            start = field.end()
    if start < end:
        yield Token("word", text[start:end], start, end)


def _is_minus(text: str, start: int) -> bool:
    """Tell whether a hyphen at ``start`` excludes what follows, rather than being a dash."""
    before, after = text[max(0, start - 1) : start], text[start + 1 : start + 2]
    begins = not before or before.isspace() or before == "("
    return text[start] == "-" and begins and after not in ("", "-") and not after.isspace()
