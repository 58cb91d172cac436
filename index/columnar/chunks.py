"""Chunks: stretches of text that no word reaches across, found in many texts at once as arrays.

A chunk lies between white space, quotation marks, brackets and the like. The words of a text are
the words of its chunks, one after another, whatever stands around each; so a chunk that was seen
before need not be looked at again. Nothing is decided here about what a word is: a chunk may have
one word, several or none, and two chunks (``word`` and ``word’``) may have the same.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.analysis import PASSAGE_END
from index.columnar.keys import MARGIN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from index.columnar.arrays import U8, Indices, Mask

_PASSAGE_END = 0xFF
"""The chunk of a passage's end: a byte that is in no UTF-8."""

_BOUNDARY, _LETTER, _POINT, _JOINT, _OTHER = range(5)
"""Kinds of bytes: in no word; an ASCII letter; a full stop; a comma or an apostrophe; the rest."""


def _kind(byte: int) -> int:
    character = chr(byte)
    if byte > 0x7F or character in "0123456789-_":
        return _OTHER
    if character.isalpha():
        return _LETTER
    return {".": _POINT, ",": _JOINT, "'": _JOINT, "`": _JOINT}.get(character, _BOUNDARY)


_KINDS = bytes(map(_kind, range(256)))

_GENERAL_PUNCTUATION = np.frombuffer("\u2000".encode()[:2], np.uint8)
_BOUNDARIES = np.isin(
    np.arange(256), [mark.encode()[2] for mark in ("–", "—", "“", "”", "•", "…", PASSAGE_END)]
)
"""By its third byte, which general punctuation is in no word. Such as is rare need not be here."""


class Chunks(NamedTuple):
    """The chunks of some texts."""

    raw: U8
    """uint8: the texts in UTF-8 and, behind the last chunk, at least :data:`MARGIN` bytes more."""

    starts: Indices
    """intp ``[chunks]``: where each begins in ``raw``, ascending."""

    lengths: Indices
    """intp ``[chunks]``: bytes of each, at least one, none of them zero."""

    bounds: Indices
    """intp ``[texts + 1]``: the first chunk of each text, and at last how many chunks there are."""

    def text(self, chunk: int) -> str:
        """Return a chunk as it stands in its text."""
        start = self.starts[chunk]
        raw = self.raw[start : start + self.lengths[chunk]].tobytes()
        return PASSAGE_END if raw[0] == _PASSAGE_END else raw.decode("utf-8", "surrogatepass")


def chunks(texts: Sequence[str]) -> Chunks:
    """Return the chunks of texts."""
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    joined = b"\n".join([b"", *encoded, bytes(MARGIN)])
    raw = np.frombuffer(bytearray(joined), np.uint8)
    kinds = np.frombuffer(joined.translate(_KINDS), np.uint8)
    inside = kinds != _BOUNDARY
    _set_general_punctuation(raw, inside)
    _leave_ends(kinds, inside)
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    starts, ends = edges[::2], edges[1::2]
    firsts = list(accumulate((len(text) + 1 for text in encoded), initial=1))
    return Chunks(raw, starts, ends - starts, np.searchsorted(starts, firsts))


def _set_general_punctuation(raw: U8, inside: Mask) -> None:
    """Take dashes, quotation marks and the like out of chunks; make the passage ends chunks."""
    first, second = _GENERAL_PUNCTUATION
    places = np.flatnonzero(raw == first)
    places = places[raw[places + 1] == second]
    third = raw[places + 2]
    marks = places[_BOUNDARIES[third]]
    for byte in range(3):
        inside[marks + byte] = False
    passage_ends = places[third == PASSAGE_END.encode()[2]] + 1
    raw[passage_ends] = _PASSAGE_END
    inside[passage_ends] = True


def _leave_ends(kinds: U8, inside: Mask) -> None:
    """Take punctuation at the ends of chunks, which is in no word there, out of them.

    That is a comma or an apostrophe at either end, and a full stop behind two letters: behind one
    letter, it may belong to an abbreviation.
    """
    outside = ~inside
    joints = kinds == _JOINT
    leaving = np.zeros_like(inside)
    leaving[1:-1] = joints[1:-1] & (outside[:-2] | outside[2:])
    letters = kinds == _LETTER
    points = kinds == _POINT
    leaving[2:-1] |= points[2:-1] & outside[3:] & letters[1:-2] & letters[:-3]
    inside &= ~leaving
