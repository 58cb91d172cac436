"""Know a story again: by its address, by its text, or by a text that says nearly the same.

An article has *traits*, short keys that articles of the same story share. Those that share one are
looked at closely (:func:`same_story`) before they are taken for one.

Addresses alone don't suffice: some pages tell another story every day. Nor do similar texts: of two
press releases with the same words, one may speak of Galion and $26,894, the other of Harrison and
$55,271. Neither may hide the other.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from index.addresses import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from index.article import Article

Alike = Literal["url", "text", "similar text"]
"""In what an article is like one that was there before."""

VERSION = 1
"""Raised with every change of the traits: those of an older version are made anew."""

_BANDS, _ROWS = 8, 8
"""Of 64 minima, 8 bands of 8: of texts that share 0.9 of their shingles, 99 % share a band; of
those that share 0.8, 77 %; 0.5, 3 %."""

_SHINGLE = 32
"""Bytes of a shingle, which begins at a word: five or six words, and a power of two."""

_CHUNK = 4_096
"""Shingles that are permuted at a time, which bounds the memory."""

_FEW_WORDS = 50
"""Words of a text that is known by its title, too: a teaser says little of its own."""

_LEAST_SHARED = 0.8
"""Of the shingles of two texts that say nearly the same (Jaccard index)."""

_LEAST_CONTAINED = 0.3
"""Of the shorter text's shingles within the longer, where the address is the same."""

_LEAST_TITLE = 0.5
"""Of the words of two titles, where the address is the same."""

_WORD = re.compile(r"\w+")
_SHINGLE_WORDS = 5


class Trait(NamedTuple):
    """Something that articles of the same story share."""

    key: bytes
    alike: Alike


def traits(article: Article) -> tuple[Trait, ...]:
    """Return what an article is known again by."""
    return tuple(_traits(article))


def _traits(article: Article) -> Iterator[Trait]:
    address = canonical(article.url)
    if address:
        yield Trait(_key(b"u", address.encode()), "url")
    words = _words(article)
    if not words:
        return
    text = " ".join(words).encode()
    if len(words) < _FEW_WORDS:
        yield Trait(_key(b"t", b"\n".join((" ".join(_title(article)).encode(), text))), "text")
        return
    yield Trait(_key(b"t", text), "text")
    for place, band in enumerate(_minima(text).reshape(_BANDS, _ROWS)):
        yield Trait(_key(b"s%d" % place, band.astype("<u4").tobytes()), "similar text")


def same_story(one: Article, other: Article, alike: Alike) -> bool:
    """Whether two articles with a common trait tell the same story."""
    if alike == "text":
        return True
    if alike == "url":
        return _titles_agree(one, other) or _shared(one, other).contained >= _LEAST_CONTAINED
    return _shared(one, other).jaccard >= _LEAST_SHARED and not _tell_apart(one, other)


def _key(kind: bytes, said: bytes) -> bytes:
    return kind + blake2b(said, digest_size=8).digest()


def _words(article: Article) -> list[str]:
    return _WORD.findall(_text(article).casefold())


def _text(article: Article) -> str:
    return "\n".join((*article.key_points.points, *(block.text for block in article.blocks)))


def _title(article: Article) -> list[str]:
    return _WORD.findall(article.title.casefold())


# --- minima of shingles ---------------------------------------------------------------------------


def _minima(text: bytes) -> NDArray[np.uint32]:
    """Return the least of a text's shingles in each of 64 orders (MinHash, Broder 1997)."""
    hashes = _shingle_hashes(text)
    minima = np.full(_BANDS * _ROWS, np.iinfo(np.uint32).max, np.uint32)
    factors, offsets = _orders()
    for start in range(0, len(hashes), _CHUNK):
        permuted = hashes[start : start + _CHUNK] * factors
        permuted += offsets
        permuted ^= permuted >> np.uint32(15)
        np.minimum(minima, permuted.min(axis=1), out=minima)
    return minima


def _shingle_hashes(text: bytes) -> NDArray[np.uint32]:
    """Return a hash of the bytes from each word on, for all places at once.

    A polynomial of the first byte, then of two, of four, up to the whole shingle.
    """
    padded = text + b" " * (_SHINGLE - 1)
    hashes = np.frombuffer(padded, np.uint8).astype(np.uint64)
    factor, width = 0x9E3779B97F4A7C15, 1
    while width < _SHINGLE:
        hashes = hashes[:-width] + hashes[width:] * np.uint64(factor)
        factor, width = factor * factor % (1 << 64), 2 * width
    starts = np.frombuffer(b" " + text[:-1], np.uint8) == ord(" ")
    words = hashes[starts]
    # The lower half of a product knows the lower halves of its factors alone.
    folded: NDArray[np.uint32] = (words ^ (words >> np.uint64(32))).astype(np.uint32)
    return folded


@cache
def _orders() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return the factors (odd, so that nothing falls together) and offsets of the orders."""
    digests = (blake2b(b"order %d" % place, digest_size=8).digest() for place in range(64))
    numbers = np.frombuffer(b"".join(digests), "<u4").astype(np.uint32).reshape(-1, 2, 1)
    return numbers[:, 0] | np.uint32(1), numbers[:, 1]


# --- a closer look --------------------------------------------------------------------------------


class _Shared(NamedTuple):
    """How much two texts have in common."""

    jaccard: float
    contained: float
    """The part of the shorter text's shingles that the longer has."""


def _shared(one: Article, other: Article) -> _Shared:
    first, second = set(_shingles(_words(one))), set(_shingles(_words(other)))
    common = len(first & second)
    union, least = len(first | second), min(len(first), len(second))
    return _Shared(common / union if union else 0.0, common / least if least else 0.0)


def _shingles(words: Sequence[str]) -> list[tuple[str, ...]]:
    ends = max(1, len(words) - _SHINGLE_WORDS + 1) if words else 0
    return [tuple(words[place : place + _SHINGLE_WORDS]) for place in range(ends)]


def _titles_agree(one: Article, other: Article) -> bool:
    first, second = set(_title(one)), set(_title(other))
    least = min(len(first), len(second))
    return bool(least) and len(first & second) / least >= _LEAST_TITLE


def _tell_apart(one: Article, other: Article) -> bool:
    """Whether each of two similar texts names somebody or something that the other does not.

    What stands before the first and behind the last shared words does not count: an outlet's own
    opening and its credits. Nor does what only one of them has, such as a paragraph left out. Of
    the titles, which outlets write themselves, the numbers count: weekly addresses have them.
    """
    first, second = _WORD.findall(_text(one)), _WORD.findall(_text(other))
    if _names_in_core(first, second) and _names_in_core(second, first):
        return True
    numbers = [{word for word in _title(article) if word[0].isdigit()} for article in (one, other)]
    return bool(numbers[0] - numbers[1]) and bool(numbers[1] - numbers[0])


def _names_in_core(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether a text has names or numbers amid its shared part more often than the other."""
    folded = [word.casefold() for word in words]
    theirs = [word.casefold() for word in others]
    common = set(pairwise(theirs))
    shared = [place for place, pair in enumerate(pairwise(folded)) if pair in common]
    if not shared:
        return False
    core = range(shared[0], shared[-1] + 2)
    named = Counter(folded[place] for place in core if _is_telling(words[place]))
    return bool(named - Counter(theirs))


def _is_telling(word: str) -> bool:
    """Whether a word may be a name or a number: all words of scripts without capitals may."""
    return not word[0].islower()
