"""The parts of a query, each of which an article has to fulfil, as they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.query.lexer import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator


def parts(query: str) -> list[str]:
    """Return the parts of a query: words, phrases, groups, with the names and signs before them.

    Alternatives are one part. A part that is followed by a space has it: it is finished.
    """
    found: list[list[Token]] = []
    depth, joins = 0, False
    for token in tokens(query):
        before = found[-1][-1] if found else None
        if depth or joins or token.kind in ("close", "OR") or _goes_on(before, token):
            found[-1:] = [[*(found[-1] if found else []), token]]
        elif token.kind != "AND":
            found.append([token])
        depth = max(0, depth + (token.kind == "open") - (token.kind == "close"))
        joins = token.kind == "OR"
    return list(_written(query, found))


def _goes_on(before: Token | None, token: Token) -> bool:
    """Tell whether a token belongs to the sign or the name before it."""
    if before is None or before.kind not in ("NOT", "field"):
        return False
    return before.end == token.start or before.text == "NOT"


def _written(query: str, found: list[list[Token]]) -> Iterator[str]:
    for own in found:
        start, end = own[0].start, own[-1].end
        yield query[start:end] + (" " if query[end : end + 1].isspace() else "")
