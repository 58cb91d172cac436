"""What a part of a query matches: tests of single words, and of spellings that can't be a match."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from fnmatch import translate
from typing import TYPE_CHECKING

from index.query import tree
from index.spelling import distance, swaps

if TYPE_CHECKING:
    from index.analysis import Word

Leaf = tree.Term | tree.Phrase | tree.Prefix | tree.Wildcard | tree.Fuzzy
Stem = Callable[[str], str]
Test = Callable[["Word"], bool]

_SHORT_STEM = 2
"""Letters of a stem that all its inflections have."""


def test_of(leaf: Leaf, stem: Stem) -> Test:
    """Return what tells whether a single word matches a leaf; of a phrase, its only word."""
    match leaf:
        case tree.Term(form, _, completes):
            return _inflection_of(form, completes, stem)
        case tree.Phrase((form, *_), _, _, False):
            return lambda word: word.form == form
        case tree.Phrase((form, *_)) | tree.Prefix(form):
            return lambda word: word.form.startswith(form)
        case tree.Wildcard(pattern):
            fits = re.compile(translate(pattern)).match
            return lambda word: fits(word.form) is not None
        case tree.Fuzzy(form, letters):
            return _near(form, letters)
    raise AssertionError(leaf)


def _inflection_of(form: str, completes: bool, stem: Stem) -> Test:
    """Return a test for words of the same stem, or that begin with an unfinished word."""
    wanted = stem(form)

    def test(word: Word) -> bool:
        if completes and word.form.startswith(form):
            return True
        # No inflection changes the first letter, and stemming is slow.
        return word.form[0] == form[0] and not word.compound and stem(word.form) == wanted

    return test


def promising(leaves: Iterable[Leaf], stem: Stem) -> Callable[[Iterable[str]], Iterable[str]]:
    """Return what chooses, among spellings, those that can be a match by how they begin.

    Only plain letters are chosen from: capitals may be an abbreviation, and whatever else there is
    in a spelling may be folded away.
    """
    beginnings = {beginning for leaf in leaves for beginning in _beginnings(leaf, stem)}
    if "" in beginnings:
        return lambda spellings: spellings
    plain = "|".join(map(re.escape, sorted(beginnings)))
    line = re.compile(rf"^(?:(?i:{plain}).*|.*[^A-Za-z\n].*|[A-Z]{{1,3}})$", re.MULTILINE)
    return lambda spellings: line.findall("\n".join(spellings))


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
    """Return what all inflections of a stem begin with: they may differ in its last letter."""
    if len(stem) <= _SHORT_STEM:
        return stem
    return stem[:-2] if stem.endswith("ie") else stem[:-1]  # lie, lying


def _near(form: str, letters: int) -> Test:
    """Return a test for words spelt nearly so: the first letter the same, or two swapped."""
    swapped = swaps(form)

    def test(word: Word) -> bool:
        other = word.form
        near = other[0] == form[0] and distance(other, form, letters) <= letters
        return near or other in swapped

    return test
