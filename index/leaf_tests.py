"""What parts of a query match: tests of words, and quick ones of what may have a match at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from fnmatch import translate
from typing import TYPE_CHECKING

from index.analysis import squeeze
from index.query import tree
from index.spelling import distance, swaps

if TYPE_CHECKING:
    from index.analysis import Word

Leaf = tree.Term | tree.Phrase | tree.Prefix | tree.Wildcard | tree.Fuzzy
Stem = Callable[[str], str]
Test = Callable[[str], bool]

_SHORT_STEM = 2
"""Letters of a stem that all its inflections have."""


class WordTests:
    """Tells which leaves of a query a single word matches.

    Most leaves are words, of which any inflection is a match: those are found by their stem, all
    at once. ``leaves`` have the numbers that are told; of a phrase, its only word is tested.
    """

    def __init__(self, leaves: Iterable[tuple[int, Leaf]], stem: Stem) -> None:
        self._stem = stem
        self._by_stem: dict[str, list[int]] = {}
        self._others: list[tuple[int, Test]] = []
        for number, leaf in leaves:
            if isinstance(leaf, tree.Term):
                self._by_stem.setdefault(stem(leaf.form), []).append(number)
            if not isinstance(leaf, tree.Term) or leaf.completes:
                self._others.append((number, _test_of(leaf)))
        self._initials = frozenset(wanted[:1] for wanted in self._by_stem)

    def leaves(self, word: Word) -> Iterable[int]:
        """Return the numbers of the leaves that a word matches."""
        form = word.form
        found: set[int] = set()
        # No inflection changes the first letter, and stemming is slow.
        if form[0] in self._initials and not word.compound:
            found.update(self._by_stem.get(self._stem(form), ()))
        found.update(number for number, test in self._others if test(form))
        return found


def _test_of(leaf: Leaf) -> Test:
    """Return a test for the form of a word, its inflections apart."""
    match leaf:
        case tree.Phrase((form, *_), _, _, False):
            return form.__eq__
        case tree.Phrase((form, *_)) | tree.Prefix(form) | tree.Term(form):
            return lambda other: other.startswith(form)
        case tree.Wildcard(pattern):
            fits = re.compile(translate(pattern)).match
            return lambda other: fits(other) is not None
        case tree.Fuzzy(form, letters):
            return _near(form, letters)
    raise AssertionError(leaf)


def text_test(leaf: Leaf, stem: Stem) -> Test:
    """Return what tells of a text, squeezed, whether it may have a match.

    It has not where the letters are missing that every match begins with. What
    :func:`~index.analysis.squeeze` takes away is no part of a form, or not of every spelling.
    """
    if isinstance(leaf, tree.Phrase):
        forms = [squeeze(form) for form in leaf.forms]
        return lambda text: all(form in text for form in forms)
    beginnings = [squeeze(beginning) for beginning in _beginnings(leaf, stem)]
    return lambda text: any(beginning in text for beginning in beginnings)


def spelling_test(leaves: Iterable[Leaf], stem: Stem) -> Test:
    """Return what tells of a spelling whether it can be a match of any leaf by how it begins.

    Of plain letters, a spelling begins as its form does. Of initials, figures, compounds and what
    has an apostrophe, only the first letter of each part is sure to be that of a form; of what is
    written in other characters, which may be folded, not even that.
    """
    beginnings = {beginning for leaf in leaves for beginning in _beginnings(leaf, stem)}
    if not beginnings or "" in beginnings:
        return lambda _: bool(beginnings)
    plain = "|".join(map(re.escape, sorted(beginnings)))
    first = f"(?i:[{re.escape(''.join({beginning[0] for beginning in beginnings}))}])"
    promising = re.compile(
        rf"(?i:{plain})"
        rf"|{first}[A-Z]{{0,2}}$"
        rf"|(?=.*[^A-Za-z])(?:.*-)?{first}"
        r"|.*[^A-Za-z0-9.,'’-]"
    )
    return lambda spelling: promising.match(spelling) is not None


def _beginnings(leaf: Leaf, stem: Stem) -> Iterator[str]:
    """Yield with which letters a match of plain letters can begin; no letter for any."""
    match leaf:
        case tree.Phrase(forms):
            yield from forms
        case tree.Fuzzy(form):
            # The first letter is the same, or two are swapped.
            yield from form[:2]
        case tree.Term(form, _, completes):
            yield _common_beginning(stem(form))
            if completes:
                yield form
        case tree.Prefix(form):
            yield form
        case tree.Wildcard(pattern):
            yield re.split(r"[*?]", pattern)[0]


def _common_beginning(stem: str) -> str:
    """Return what all inflections of a stem begin with: they may differ in its last letter.

    In one of these, that is: *try, tries*, *hope, hoping*, *sky, skies*, *possible, possibility*.
    """
    if len(stem) <= _SHORT_STEM or stem[-1] not in "ieyl":
        return stem
    return stem[:-2] if stem.endswith("ie") else stem[:-1]  # lie, lying


def _near(form: str, letters: int) -> Test:
    """Return a test for words spelt nearly so: the first letter the same, or two swapped."""
    swapped = swaps(form)

    def test(other: str) -> bool:
        near = other[0] == form[0] and distance(other, form, letters) <= letters
        return near or other in swapped

    return test
