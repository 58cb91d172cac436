"""No text and no spelling is passed over in which a part of a query has a match."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import analyse, squeeze, surface_texts
from index.leaf_tests import WordTests, spelling_test, text_test
from index.query import tree
from index.schema import stem

if TYPE_CHECKING:
    from index.leaf_tests import Leaf

ROOTS = (
    "a", "be", "do", "up", "the", "for", "sky", "tr", "try", "lie", "hop", "hope", "poss", "ag",
    "possibil", "organ", "early", "on", "gentl", "relat", "emerg", "nation", "happi", "agenc",
)  # fmt: skip

ENDINGS = (
    "", "s", "es", "e", "y", "ies", "ied", "ed", "ing", "ings", "ly", "li", "ful", "fully", "ness",
    "ity", "ility", "ible", "ize", "ization", "al", "ally", "ation", "ator", "ance", "ency", "ism",
    "ment", "ive", "ous", "ously", "ping", "ped",
)  # fmt: skip


def test_all_inflections_of_a_word_are_promising() -> None:
    words = [root + ending for root, ending in product(ROOTS, ENDINGS)]
    for wanted in words:
        may_match = spelling_test([tree.Term(wanted)], stem)
        assert all(may_match(word) for word in words if stem(word) == stem(wanted)), wanted


@pytest.mark.parametrize(
    ("query", "spelling"),
    [
        ("us", "U.S."), ("us", "US"), ("qaeda", "Al-Qaeda’s"), ("oneil", "O'Neil"),
        ("2084", "$2,084"), ("turkiye", "Türkiye"), ("war", "anti-war"), ("war", "anti‑war"),
        ("rocknroll", "rock’n’roll"), ("flag", "ﬂag"), ("3d", "3D-printed"),
    ],
)  # fmt: skip
def test_whatever_a_spelling_folds_to_is_promising(query: str, spelling: str) -> None:
    (surface,) = surface_texts(spelling)
    assert spelling_test([tree.Term(query)], stem)(surface)


def test_what_begins_otherwise_is_not_looked_at() -> None:
    may_match = spelling_test([tree.Term("minister")], stem)
    spellings = ["Ministers", "mini", "president’s", "2,084", "Al-Qaeda", "US", "prime-minister"]
    assert set(filter(may_match, spellings)) == {"Ministers", "prime-minister"}


surfaces = st.text(st.sampled_from("aAbBisS2.,'’-–éüﬁ"), min_size=1, max_size=9)


@given(surfaces, surfaces, st.booleans())
def test_no_match_is_passed_over(wanted: str, text: str, completes: bool) -> None:
    forms = [word.form for surface in surface_texts(wanted) for word in analyse(surface).words]
    leaves: list[tree.Term | tree.Prefix | tree.Fuzzy] = []
    for form in forms:
        leaves += [tree.Term(form, completes=completes), tree.Prefix(form[:2])]
        leaves.append(tree.Fuzzy(form, 1))
    tests = WordTests(enumerate(leaves), stem)
    spellings = surface_texts(text)
    matching = {one for one in spellings if any(map(tests.leaves, analyse(one).words))}
    assert all(map(spelling_test(leaves, stem), matching))
    found = {n for one in spellings for word in analyse(one).words for n in tests.leaves(word)}
    assert all(text_test(leaves[number], stem)(squeeze(f"x {text} y")) for number in found)


@pytest.mark.parametrize(
    ("leaf", "text", "expected"),
    [
        (tree.Term("ministers"), "The minister said", True),
        (tree.Term("ministers"), "The ministry said", True),  # it begins alike
        (tree.Term("ministers"), "The president said", False),
        (tree.Term("us"), "in the U.S. on Friday", True),
        (tree.Term("2084"), "2,084 dollars", True),
        (tree.Phrase(("slow", "ferry")), "A ferry, slow as it is", True),  # in another order
        (tree.Phrase(("slow", "ferry")), "A ferry", False),
        (tree.Phrase(("slow", "fe"), completes=True), "A ferry, slow as it is", True),
        (tree.Wildcard("*ing"), "Anything", True),
        (tree.Wildcard("tal*s"), "walks", False),
        (tree.Fuzzy("wrod", 1), "word", True),
        (tree.Prefix("al-q"), "Al-Qaeda", True),
    ],
)
def test_which_texts_may_have_a_match(leaf: Leaf, text: str, expected: bool) -> None:
    assert text_test(leaf, stem)(squeeze(text)) is expected
