"""Texts on their way into a segment that wait to be taken apart, many at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.analysis import PASSAGE_END

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from index.columnar.arrays import U32
    from index.columnar.vocabulary import Vocabulary

_BATCH = 1 << 19
"""Characters that are taken apart at a time: some dozens of articles."""


class Waiting:
    """The texts of some documents. A text that fields share, or are joined from, waits once."""

    def __init__(self) -> None:
        self._clear()

    @property
    def is_full(self) -> bool:
        """Whether it is time to take the texts apart."""
        return self._characters >= _BATCH

    def add(self, document: int, texts: Mapping[str, str]) -> None:
        """Take the texts of a document, by field."""
        known: dict[str, list[int]] = {"": []}
        # The short ones first: a longer one may be joined from them.
        for name, text in sorted(texts.items(), key=lambda pair: len(pair[1])):
            if text not in known:
                known[text] = _composed(text, known) or [self._place(text)]
            self._fields.append((document, name, known[text]))

    def take(self, vocabulary: Vocabulary) -> Iterator[tuple[int, str, list[U32]]]:
        """Yield document, field and the entries of each part of each text, and forget them."""
        texts, fields = self._texts, self._fields
        self._clear()
        entries = vocabulary.entries(texts)
        for document, name, parts in fields:
            yield document, name, [entries[part] for part in parts]

    def _clear(self) -> None:
        self._texts = [PASSAGE_END]
        self._fields: list[tuple[int, str, list[int]]] = []
        self._characters = 0

    def _place(self, text: str) -> int:
        self._texts.append(text)
        self._characters += len(text)
        return len(self._texts) - 1


def _composed(text: str, known: dict[str, list[int]]) -> list[int]:
    """Return the parts of a text, one after another, if it joins known texts; else none."""
    parts: list[int] = []
    start = 0
    while start <= len(text):
        for part in reversed(known):
            end = start + len(part)
            if text.startswith(part, start) and text[end : end + 1] in ("", PASSAGE_END):
                parts += *known[part], 0
                start = end + len(PASSAGE_END)
                break
        else:
            return []
    return parts[:-1]
