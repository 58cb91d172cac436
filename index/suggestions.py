"""*Did you mean*: the query with the words nobody wrote replaced by the likeliest known ones."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from index.columnar.evaluation.leaf import collection_of
from index.columnar.evaluation.nearness import near
from index.query import tree
from index.schema import NAME_FIELDS, STEM_FIELDS, TEXT_FIELDS, WHOLE, stem, words_field
from index.spelling import swaps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from whoosh.searching import Searcher

    from index.columnar.evaluation.leaf import Collection

SHORTEST_WORD = 3
"""Letters below which a word has too many neighbours to choose from."""

LONG_WORD = 5
"""Letters from which on a word may differ in two letters, rather than one."""

_ENOUGH = 4_096
"""Words with which an unknown one is compared, beyond which no further segment is looked through:
a large one has more than these, and nearly all that are frequent."""


def suggest(
    searcher: Searcher, text: str, node: tree.Node, finds: Callable[[str], bool], *, found: bool
) -> str | None:
    """Return ``text`` with its unknown words replaced by known ones, the rest left verbatim.

    None if every word is known, if an unknown word resembles none, or if the text with the
    replacements finds nothing (asked of ``finds``). ``found``: the query itself finds something.
    """
    index = collection_of(searcher)
    doubtful = _terms(node, doubtful=not found)
    unknown = [term for term in doubtful if not _is_known(index, term)]
    corrected = text
    for term in sorted(unknown, key=lambda term: term.place, reverse=True):
        known = _nearest(index, term)
        if known is None:
            return None
        start, end = term.place
        corrected = corrected[:start] + _like(text[start:end], known) + corrected[end:]
    return corrected if unknown and finds(corrected) else None


def _terms(node: tree.Node, *, doubtful: bool) -> Iterator[tree.Term]:
    """Yield the plain words of a query that can be misspelt.

    Of a query that finds something all words are known, except for those with an alternative.
    """
    match node:
        case tree.Term(form) if doubtful and len(form) >= SHORTEST_WORD and form.isalpha():
            yield node
        case tree.And(children) | tree.Or(children):
            for child in children:
                yield from _terms(child, doubtful=doubtful or isinstance(node, tree.Or))
        case tree.Boost(child):
            yield from _terms(child, doubtful=doubtful)


def _fields(term: tree.Term) -> tuple[str, ...]:
    return TEXT_FIELDS if term.field is None else (term.field,)


def _is_known(index: Collection, term: tree.Term) -> bool:
    """Tell whether any article has the word, in any inflection, or may when it is completed."""
    if term.field not in NAME_FIELDS:
        name = term.field if term.field in STEM_FIELDS else WHOLE
        if index.doc_frequency(name, stem(term.form).encode()):
            return True
    form = term.form.encode()
    names = [words_field(name) for name in _fields(term)]
    if any(index.doc_frequency(name, form) for name in names):
        return True
    fields = [leaf.field(name) for leaf in index.leaves for name in names if term.completes]
    ranges = (field.terms.prefixed(form) for field in fields if field is not None)
    return any(low < high for low, high in ranges)


def _nearest(index: Collection, term: tree.Term) -> str | None:
    """Return the known word that is spelt most alike; among equals the most frequent one."""
    steps = [(1, 1), *([(2, 1)] if len(term.form) >= LONG_WORD else []), (1, 0)]
    for limit, shared in steps:
        found = _near(index, term, limit, shared)
        if found:
            return min(found, key=lambda word: (-found[word], word))
    return None


def _near(index: Collection, term: tree.Term, limit: int, shared: int) -> Counter[str]:
    """Return known words within ``limit`` mistakes that share their first ``shared`` letters.

    And how many articles have each, in those segments that were looked through: the largest ones,
    until there are words enough to choose from.
    """
    found: Counter[str] = Counter()
    compared = 0
    for leaf in sorted(index.leaves, key=lambda leaf: -leaf.size):
        for name in map(words_field, _fields(term)):
            field = leaf.field(name)
            numbers = None if field is None else near(field.terms, term.form, limit, shared)
            if field is None or numbers is None:
                continue
            for number in numbers.tolist():
                word = field.terms[number].decode()
                found[word] += field.postings.count(number)
            low, high = field.terms.prefixed(term.form[:shared].encode())
            compared += high - low
        if compared > _ENOUGH:
            break
    if limit == 1:
        # Two letters swapped are one mistake, too.
        names = [words_field(name) for name in _fields(term)]
        for word in swaps(term.form):
            if word[:shared] == term.form[:shared]:
                found[word] += sum(index.doc_frequency(name, word.encode()) for name in names)
    return Counter(
        {
            word: articles
            for word, articles in found.items()
            if articles and word.isalpha() and len(word) >= SHORTEST_WORD
        }
    )


def _like(written: str, word: str) -> str:
    """Return ``word`` with a capital if what it replaces was written with one."""
    return word.capitalize() if written[:1].isupper() else word
