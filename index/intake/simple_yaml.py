"""The part of YAML that people write above their articles: fields, lists, quoted and folded texts.

Everything else of YAML 1.2 (https://yaml.org/spec/1.2.2) is read as far as it looks like that
part: an anchor is text, a tag is left out. Nothing is ever run, and nothing is an error.
"""

from __future__ import annotations

import re

from index.intake.yaml_flow import Flow, Value, plain

DEEPEST = 12
"""Lists and mappings within one another; what is deeper is left out."""

_KEY = re.compile(
    r"(?P<key>\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\n]|'')*+'"
    r"|[^\s\[\]{},#&*!|>'\"%@`?:-](?:[^:\n]|:(?=\S)){0,200}?)\s*+:(?=\s|\Z)"
)
_ENTRY = re.compile(r"-(?:\s+|\Z)")
_BLOCK_SCALAR = re.compile(r"[|>][+-]?(?P<indent>[1-9])?[+-]?\s*(?:#.*)?")
_TAG = re.compile(r"![\w!/:.,-]*\s+|&[\w-]+\s+")
_ENDS_DOCUMENT = frozenset({"---", "..."})


def read_yaml(text: str) -> dict[str, Value]:
    """Return the fields of ``text``, a mapping. Values are texts, lists and further mappings.

    An empty value, ``~`` and ``null`` are None. Lines that make no sense are left out.
    """
    return _Lines(text).mapping(0, 0)


class _Lines:
    """The lines of a text, and which of them is next."""

    def __init__(self, text: str) -> None:
        self._lines = [line.rstrip() for line in text.expandtabs(2).split("\n")]
        self._next = 0

    def _ahead(self) -> str | None:
        """Return the next line that says something, without going behind it."""
        while self._next < len(self._lines):
            line = self._lines[self._next]
            bare = line.strip()
            if bare and not bare.startswith("#") and bare not in _ENDS_DOCUMENT:
                return line
            self._next += 1
        return None

    def mapping(self, indent: int, depth: int) -> dict[str, Value]:
        """Read fields that stand at ``indent`` or, where the first one does, further in."""
        found: dict[str, Value] = {}
        while (line := self._ahead()) is not None:
            at = _indent(line)
            if at < indent:
                break
            self._next += 1
            key = _KEY.match(line, at)
            if key and (at == indent or not found):
                indent = at
                name = _unquoted(key["key"])
                found.setdefault(name, self._value(line[key.end() :].strip(), at, at, depth))
        return found

    def _sequence(self, indent: int, depth: int) -> list[Value]:
        found: list[Value] = []
        while (line := self._ahead()) is not None and _indent(line) == indent:
            entry = _ENTRY.match(line, indent)
            if not entry:
                break
            if _KEY.match(line, entry.end()) and depth < DEEPEST:
                # The fields of a mapping begin behind the dash, and go on below their first.
                self._lines[self._next] = " " * entry.end() + line[entry.end() :]
                found.append(self.mapping(entry.end(), depth + 1))
            else:
                self._next += 1
                value = self._value(line[entry.end() :].strip(), indent, indent + 1, depth)
                found.append(value)
        return found

    def _value(self, written: str, indent: int, lists_from: int, depth: int) -> Value:
        """Read the value of a field or an entry that stands at ``indent``.

        Where nothing is written behind it, a list may follow below that stands at ``lists_from``
        or further in: the entries of a field may stand straight below it.
        """
        while tag := _TAG.match(written):
            written = written[tag.end() :]
        if scalar := _BLOCK_SCALAR.fullmatch(written):
            return self._block_scalar(indent, scalar["indent"], folded=written[0] == ">")
        if written and not written.startswith("#"):
            whole = self._continued(written, indent)
            return Flow(whole).value() if written[0] in "[{\"'" else plain(whole)
        return self._below(indent, lists_from, depth)

    def _below(self, indent: int, lists_from: int, depth: int) -> Value:
        line = self._ahead()
        if line is None or depth >= DEEPEST:
            return None
        at = _indent(line)
        if at >= lists_from and _ENTRY.match(line, at):
            return self._sequence(at, depth + 1)
        if at <= indent:
            return None
        if _KEY.match(line, at):
            return self.mapping(at, depth + 1)
        self._next += 1
        return self._value(line.strip(), indent, lists_from, depth + 1)

    def _continued(self, written: str, indent: int) -> str:
        """Return a value with the lines that go on with it: they stand further in."""
        parts = [written]
        closing = {"[": "]", "{": "}"}.get(written[0])
        while self._next < len(self._lines):
            line = self._lines[self._next]
            bare = line.strip()
            if bare and _indent(line) <= indent and bare[:1] != closing:
                break
            parts.append(bare)
            self._next += 1
        return "\n".join(parts).rstrip()

    def _block_scalar(self, indent: int, written: str | None, *, folded: bool) -> str:
        lines: list[str] = []
        width = indent + int(written) if written else 0
        while self._next < len(self._lines):
            line = self._lines[self._next]
            if line and _indent(line) <= indent:
                break
            width = width or _indent(line)
            lines.append(line[min(width, _indent(line)) :])
            self._next += 1
        text = "\n".join(lines).strip("\n")
        return _folded(text) if folded else text


def _folded(text: str) -> str:
    """Join lines with spaces, and paragraphs with a line end."""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text).replace("\n\n", "\n")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _unquoted(key: str) -> str:
    value = Flow(key).value() if key[0] in "\"'" else key
    return value if isinstance(value, str) else key
