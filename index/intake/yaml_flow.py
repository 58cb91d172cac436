"""Values of YAML that are written in a line: plain and quoted texts, lists in brackets."""

from __future__ import annotations

import re
from typing import TypeAlias

Value: TypeAlias = "str | list[Value] | dict[str, Value] | None"
"""What a field says. Numbers, dates and truths are texts, as they were written."""

DEEPEST = 12
"""Brackets within one another; what is deeper is left out."""

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\n]*")
_LINE_ENDS = re.compile(r"[ \t]*+\n(?P<blank>[ \t\n]*+)")
_SPACE = re.compile(r"(?:\s++|#[^\n]*+)*+")
_DOUBLE = re.compile(r'"((?:[^"\\]|\\.)*+)"?', re.DOTALL)
_SINGLE = re.compile(r"'((?:[^']|'')*+)'?")
_PLAIN = re.compile(r"(?:[^\[\]{},:\n#]|(?<=\S)#|:(?!\s|[,\[\]{}]|\Z))*+")
_ESCAPE = re.compile(
    r"\\(?:x(?P<x>[0-9a-fA-F]{2})|u(?P<u>[0-9a-fA-F]{4})|U(?P<U>[0-9a-fA-F]{8})"
    r"|(?P<one>.))",
    re.DOTALL,
)
_ESCAPES = {
    "n": "\n", "t": "\t", "r": "\r", "0": "\0", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f",
    "v": "\v", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_LAST_CHARACTER = 0x10FFFF


def plain(text: str) -> str | None:
    """Return what a text without quotation marks says, its comments left out."""
    said = _joined(_COMMENT.sub("", text).strip())
    return None if said in _NOTHING else said


class Flow:
    """A value that begins with a quotation mark or a bracket, and how much of it was read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def value(self) -> Value:
        """Return the value, read as far as it makes sense."""
        return self._value(0)

    def _value(self, depth: int) -> Value:
        match self._sign():
            case '"':
                return _unescaped(_joined(self._match(_DOUBLE)[1]))
            case "'":
                return _joined(self._match(_SINGLE)[1]).replace("''", "'")
            case "[" if depth < DEEPEST:
                return self._list(depth)
            case "{" if depth < DEEPEST:
                return self._mapping(depth)
            case _:
                return plain(self._match(_PLAIN)[0])

    def _list(self, depth: int) -> list[Value]:
        self._at += 1
        found: list[Value] = []
        while (sign := self._sign()) and sign != "]":
            before = self._at
            if sign != ",":
                found.append(self._value(depth + 1))
            self._go_on(before)
        self._at += 1
        return found

    def _mapping(self, depth: int) -> dict[str, Value]:
        self._at += 1
        found: dict[str, Value] = {}
        while (sign := self._sign()) and sign != "}":
            before = self._at
            key = self._value(depth + 1) if sign != "," else None
            if isinstance(key, str):
                has_value = self._sign() == ":"
                self._at += has_value
                found.setdefault(key, self._value(depth + 1) if has_value else None)
            self._go_on(before)
        self._at += 1
        return found

    def _go_on(self, before: int) -> None:
        """Go behind a comma; or, where nothing could be made of a sign, behind that."""
        if self._sign() == "," or self._at == before:
            self._at += 1

    def _sign(self) -> str:
        """Return the next character that is neither space nor of a comment."""
        self._at = self._match(_SPACE).end() if self._at < len(self._text) else self._at
        return self._text[self._at : self._at + 1]

    def _match(self, shape: re.Pattern[str]) -> re.Match[str]:
        found = shape.match(self._text, self._at)
        assert found, "each of the shapes matches nothing, too, or its first character was seen"  # noqa: S101
        self._at = found.end()
        return found


def _joined(text: str) -> str:
    """Join lines with a space; a blank line becomes a line end."""
    if "\n" not in text:
        return text
    return _LINE_ENDS.sub(lambda found: "\n" if "\n" in found["blank"] else " ", text)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(found: re.Match[str]) -> str:
    digits = found["x"] or found["u"] or found["U"]
    if digits:
        number = int(digits, 16)
        return chr(number) if number <= _LAST_CHARACTER else "\N{REPLACEMENT CHARACTER}"
    one = found["one"] or ""
    return _ESCAPES.get(one, one)
