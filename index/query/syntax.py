"""The grammar of the query language: text to a tree, or an error that points at the place.

::

    sequence     = { alternatives }                      words side by side: all of them
    alternatives = both { "OR" both }                    binds closer than words side by side
    both         = operand { "AND" operand }             binds closest
    operand      = { "NOT" | "-" } ( word | phrase | "(" sequence ")" | name ":" operand )
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

from index.errors import QueryError
from index.query import leaves
from index.query.dates import DateError, may_become_days, period
from index.query.lexer import Kind, Token, tokens
from index.query.names import FIELDS, FLAGS, MARKS, NAMES, UNDATED
from index.query.tree import (
    And,
    Boost,
    Days,
    Everything,
    Field,
    Fuzzy,
    Has,
    Marked,
    Node,
    Not,
    Or,
    Wildcard,
)
from index.spelling import is_near

LONGEST_QUERY = 4096
"""Characters of a query."""

DEEPEST_NESTING = 40
"""Brackets within brackets."""

MOST_PATTERNS = 10
"""Words of a query with wildcards inside or with ``~``: each is compared with the dictionary."""

_ALMOST_A_NAME = re.compile(r"([a-z]{4,}):(?!//)")
"""A lower-case word with a colon: perhaps a misspelt name. Shorter ones are too often words."""


class _Scope(NamedTuple):
    """What surrounds a part of the query."""

    field: Field = None
    negated: bool = False
    depth: int = 0


def parse(text: str, *, typing: bool = False, today: dt.date | None = None) -> Node:
    """Return the tree of a query.

    ``typing``: the text is not finished. The last word may continue, and what is incomplete is
    treated as if it were absent. ``today`` is what ``date:yesterday`` is seen from; the default is
    the local date.

    Raises QueryError when the text cannot be understood.
    """
    if len(text) > LONGEST_QUERY:
        message = f"A query has at most {LONGEST_QUERY:,} characters."
        raise QueryError(message, LONGEST_QUERY, len(text))
    return _parsed(text, typing, today or dt.date.today())


@lru_cache(maxsize=8)
def _parsed(text: str, typing: bool, today: dt.date) -> Node:
    """Parse, unless it was done just now: who searches, highlights."""
    return _Parser(text, typing, today).query()


class _Parser:
    """Reads the tokens of one query once, from left to right."""

    def __init__(self, text: str, typing: bool, today: dt.date) -> None:
        self._text = text
        self._typing = typing
        self._today = today
        self._tokens = list(tokens(text))
        self._next = 0
        self._patterns = 0

    def query(self) -> Node:
        """Read all tokens."""
        node = self._sequence(_Scope())
        if node is None and self._text.strip():
            self._fault("There is no word to search for here.", 0, len(self._text))
        return node or Everything()

    def _fault(self, message: str, start: int, end: int) -> None:
        """Raise QueryError, unless what is wrong may come right with more typing."""
        if not self._typing:
            raise QueryError(message, start, end)

    def _peek(self) -> Kind | None:
        return self._tokens[self._next].kind if self._next < len(self._tokens) else None

    def _take(self) -> Token:
        self._next += 1
        return self._tokens[self._next - 1]

    def _sequence(self, scope: _Scope) -> Node | None:
        """Read up to the end of the text or of the surrounding bracket."""
        children: list[Node | None] = []
        while kind := self._peek():
            if kind == "close":
                if scope.depth:
                    break
                stray = self._take()
                self._fault("There is no bracket for this one to close.", stray.start, stray.end)
            else:
                children.append(self._alternatives(scope))
        return _joined(And, children)

    def _alternatives(self, scope: _Scope) -> Node | None:
        children = [self._both(scope)]
        while self._peek() == "OR":
            self._take()
            children.append(self._both(scope))
        return _joined(Or, children)

    def _both(self, scope: _Scope) -> Node | None:
        children = [self._operand(scope)]
        while self._peek() == "AND":
            self._take()
            children.append(self._operand(scope))
        return _joined(And, children)

    def _operand(self, scope: _Scope) -> Node | None:
        """Read one operand with its negations; a double negation is none."""
        negations = 0
        while self._peek() == "NOT":
            self._take()
            negations += 1
        if self._peek() in (None, "close", "AND", "OR"):
            operator = self._tokens[min(self._next, len(self._tokens) - 1)]
            if operator.kind not in ("AND", "OR"):
                operator = self._tokens[self._next - 1]
            self._fault(f"{operator.text} lacks a word beside it.", operator.start, operator.end)
            return None
        inverts = negations % 2 == 1
        node = self._primary(scope._replace(negated=scope.negated != inverts))
        return Not(node) if node is not None and inverts else node

    def _primary(self, scope: _Scope) -> Node | None:
        token = self._take()
        if token.kind == "open":
            return self._group(token, scope)
        if token.kind == "field":
            return self._named(token, scope)
        # What is excluded is not guessed from its first letters: nearly all would vanish.
        completes = self._is_last(token) and not scope.negated
        if token.kind == "phrase":
            return self._phrase(token, scope.field, completes)
        if scope.field not in NAMES:
            self._check_name(token)
        node = leaves.word(leaves.Written(token.text, token.start, scope.field, completes))
        self._count_pattern(node, token)
        return node

    def _count_pattern(self, node: Node | None, token: Token) -> None:
        """Raise QueryError if there are too many words to compare with the whole dictionary."""
        bare = node.child if isinstance(node, Boost) else node
        self._patterns += isinstance(bare, Wildcard | Fuzzy)
        if self._patterns > MOST_PATTERNS:
            message = f"A query has at most {MOST_PATTERNS} words with wildcards inside or ~."
            raise QueryError(message, token.start, token.end)

    def _is_last(self, token: Token) -> bool:
        """Tell whether the token is the one being typed."""
        return self._typing and token.end == len(self._text)

    def _phrase(self, token: Token, field: Field, completes: bool) -> Node | None:
        if not token.closed:
            self._fault("This quotation is never closed.", token.start, token.end)
        completes = completes and not token.closed
        written = leaves.Written(token.text, token.start, field, completes)
        node = leaves.phrase(written, token.suffix)
        if node is None:
            self._fault("There is no word between these quotes.", token.start, token.end)
        return node

    def _group(self, opening: Token, scope: _Scope) -> Node | None:
        if scope.depth == DEEPEST_NESTING:
            message = f"Brackets may be nested at most {DEEPEST_NESTING} deep."
            raise QueryError(message, opening.start, opening.end)
        node = self._sequence(scope._replace(depth=scope.depth + 1))
        if self._peek() is None:
            self._fault("This bracket is never closed.", opening.start, opening.end)
            return node
        closing = self._take()
        if node is None:
            self._fault("There is no word between these brackets.", opening.start, closing.end)
        return leaves.boosted(node, leaves.weight(closing.suffix[1:], closing.start + 2))

    def _named(self, name: Token, scope: _Scope) -> Node | None:
        """Read what stands behind a name and its colon."""
        if not name.closed or self._peek() not in ("word", "phrase", "open"):
            self._fault(f"There is nothing after {name.text}:.", name.start, name.end)
            return None
        known = FIELDS[name.text]
        if known.takes in ("words", "names"):
            return self._primary(scope._replace(field=known.field))
        value = self._take()
        if value.kind == "open":
            message = f"{name.text}: takes one value, not a group."
            raise QueryError(message, name.start, value.end)
        days = known.takes == "days"
        try:
            return (self._days if days else self._flag)(name.text, value)
        except QueryError:
            flags = () if days else FLAGS[name.text]
            begun = any(flag.startswith(value.text.lower()) for flag in flags)
            if self._is_last(value) and (begun or (days and may_become_days(value.text))):
                return None
            raise

    def _days(self, name: str, value: Token) -> Node:
        """Return the days of ``date:``, ``after:`` (that day and later) or ``before:``."""
        if name == "date" and value.text.lower() == UNDATED:
            return Not(Has("date"))
        try:
            first, last = period(value.text, self._today)
        except DateError as error:
            raise QueryError(str(error), value.start, value.end) from None
        if name == "after":
            return Days(first, None)
        if name == "before":
            return Days(None, _day_before(first, value))
        return Days(first, last)

    def _flag(self, name: str, value: Token) -> Node:
        """Return what ``is:`` or ``has:`` asks for."""
        flags = FLAGS[name]
        if value.text.lower() not in flags:
            known = ", ".join(f"{name}:{flag}" for flag in flags)
            raise QueryError(
                f"There is no {name}:{value.text}, only {known}.", value.start, value.end
            )
        what, wanted = flags[value.text.lower()]
        node = Marked(what) if what in MARKS else Has(what)
        return node if wanted else Not(node)

    def _check_name(self, token: Token) -> None:
        """Raise QueryError if a word looks like a misspelt name before a colon."""
        match = _ALMOST_A_NAME.match(token.text)
        if match is None or match[1] in FIELDS:
            return
        behind = self._text[token.start + match.end() :][:1]
        near = [name for name in FIELDS if name[0] == match[1][0] and is_near(match[1], name, 1)]
        if near and behind and not behind.isspace():
            message = f"There is no field {match[1]}: did you mean {near[0]}:?"
            raise QueryError(message, token.start, token.start + match.end())


def _day_before(day: dt.date | None, value: Token) -> dt.date:
    """Return the last day before a period. Raises QueryError if the period has no beginning."""
    if day is None or day == dt.date.min:
        message = f"There is no day before {value.text}."
        raise QueryError(message, value.start, value.end)
    return day - dt.timedelta(days=1)


def _joined(kind: type[And | Or], nodes: list[Node | None]) -> Node | None:
    """Return the nodes under one parent, leaving out what is absent and needless parents."""
    children: list[Node] = []
    for node in nodes:
        if isinstance(node, kind):
            children += node.children
        elif node is not None:
            children.append(node)
    if len(children) > 1:
        return kind(tuple(children))
    return children[0] if children else None
