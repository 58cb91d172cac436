"""The word, or the value of a field, at the end of a query that is being typed."""

from __future__ import annotations

import re
from typing import NamedTuple

from index.analysis import fold
from index.query.lexer import Token, tokens
from index.query.names import FIELDS, NAMES
from index.schema import NAME_FIELDS

SHORTEST = 2
"""Letters of a word from which on it is worth saying how it may go on."""

_VALUES = NAMES | frozenset(NAME_FIELDS)
"""Fields that have whole values, of several words perhaps."""

_LAST_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*\Z")
_BARE = re.compile(r"[^\W_]+(?:[.'’/-][^\W_]+)*")
"""Values that need no quotes."""


class Unfinished(NamedTuple):
    """What is being typed."""

    query: str
    start: int
    """Where it begins in the query, its opening quote included."""

    beginning: str
    field: str | None
    """As the index or the record names it."""

    excluded: int | None = None
    """Where the minus before it, or before its field, stands."""

    @property
    def has_values(self) -> bool:
        """Whether the field is one of whole values, rather than of words."""
        return self.field in _VALUES

    @property
    def asked(self) -> str:
        """The query with what is being typed asked for, also where it is to be excluded."""
        if self.excluded is None:
            return self.query
        return self.query[: self.excluded] + self.query[self.excluded + 1 :]

    def begins(self, value: str) -> bool:
        """Tell whether a value, or one of its words, begins as typed."""
        sought, words = " ".join(_words(self.beginning)), _words(value)
        return any(" ".join(words[at:]).startswith(sought) for at in range(len(words)))

    def completed(self, value: str) -> str:
        """Return the query with a word or a value in the place of its beginning."""
        if self.has_values:
            bare = " ".join(re.sub(r'["“”„‟＂]', " ", value).split())
            written = bare if _BARE.fullmatch(bare) else f'"{bare}"'
        else:
            kept = self.beginning if fold(value).startswith(fold(self.beginning)) else ""
            written = kept + value[len(kept) :]
        return f"{self.query[: self.start]}{written} "


def unfinished(query: str) -> Unfinished | None:
    """Return what is being typed at the end of a query; None where nothing is to be completed."""
    cut = list(tokens(query))
    if not cut or cut[-1].end != len(query):
        return None
    name, excluded = _scope(cut)
    field = FIELDS[name].field if name is not None else None
    if name is not None and FIELDS[name].takes in ("days", "flag"):
        return None
    return _read(query, cut[-1], field, excluded)


def _scope(cut: list[Token]) -> tuple[str | None, int | None]:
    """Return the name before the colon that the last token belongs to, and its minus."""
    groups: list[tuple[str | None, int | None]] = [(None, None)]
    own, end = groups[-1], -1
    for token in cut:
        if token.start != end:
            own = groups[-1]
        match token.kind:
            case "NOT" if token.text == "-":
                own = (own[0], token.start)
            case "field":
                own = (token.text, own[1])
            case "open":
                groups.append(own)
            case "close" if len(groups) > 1:
                groups.pop()
        end = token.end
    return own


def _read(query: str, last: Token, field: str | None, excluded: int | None) -> Unfinished | None:
    has_values = field in _VALUES
    if last.kind in ("field", "open") and has_values:
        return Unfinished(query, last.end, "", field, excluded)
    if last.kind == "phrase" and not last.closed and has_values:
        return Unfinished(query, last.start, last.text.lstrip(), field, excluded)
    if last.kind == "word" or (last.kind == "phrase" and not last.closed):
        word = _LAST_WORD.search(last.text)
        if word is None or (last.kind == "word" and word.start() and not has_values):
            return None
        if has_values:
            return Unfinished(query, last.start, last.text, field, excluded)
        if len(word[0]) >= SHORTEST:
            return Unfinished(query, last.end - len(word[0]), word[0], field, excluded)
    return None


def _words(text: str) -> list[str]:
    return [fold(word) for word in re.split(r"[\s_/.,()-]+", text) if word]
