"""*Did you mean*: the query with the words nobody wrote replaced by the likeliest known ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.columnar.evaluation.leaf import collection_of
from index.columnar.evaluation.nearness import near
from index.query import tree
from index.schema import NAME_FIELDS, STEM_FIELDS, TEXT_FIELDS, WHOLE, stem, words_field
from index.spelling import distance, is_near

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from whoosh.searching import Searcher

    from index.columnar.evaluation.leaf import Collection

SHORTEST_WORD = 3
"""Letters below which a word has too many neighbours to choose from."""

LONG_WORD = 5
"""Letters from which on a word may differ in two letters, rather than one."""


def suggest(
    searcher: Searcher, text: str, node: tree.Node, finds: Callable[[str], bool], *, found: bool
) -> str | None:
    """Return ``text`` with its unknown words replaced by known ones, the rest left verbatim.

    None if every word is known, if an unknown word resembles none, or if the text with the
    replacements finds nothing (asked of ``finds``). ``found``: the query itself finds something.
    """
    index, reader = collection_of(searcher), searcher.reader()
    doubtful = _terms(node, doubtful=not found)
    unknown = [term for term in doubtful if not _is_known(index, reader, term)]
    corrected = text
    for term in sorted(unknown, key=lambda term: term.place, reverse=True):
        known = _nearest(reader, term)
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


def _is_known(index: Collection, reader: Any, term: tree.Term) -> bool:
    """Tell whether any article has the word, in any inflection."""
    if term.field not in NAME_FIELDS:
        name = term.field if term.field in STEM_FIELDS else WHOLE
        if index.doc_frequency(name, stem(term.form).encode()):
            return True
    for name in _fields(term):
        if index.doc_frequency(words_field(name), term.form.encode()):
            return True
        begun = reader.expand_prefix(words_field(name), term.form) if term.completes else ()
        if next(iter(begun), None) is not None:
            return True
    return False


def _nearest(reader: Any, term: tree.Term) -> str | None:
    """Return the known word that is spelt most alike; among equals the most frequent one."""
    limit = 2 if len(term.form) >= LONG_WORD else 1
    found = _near(reader, term, limit, 1) or _near(reader, term, 1, 0)
    if not found:
        return None

    def rank(word: str) -> tuple[int, int, str]:
        mistakes = 1 if is_near(word, term.form, 1) else distance(word, term.form, limit)
        articles = sum(reader.doc_frequency(words_field(name), word) for name in _fields(term))
        return mistakes, -articles, word

    return min(found, key=rank)


def _near(reader: Any, term: tree.Term, limit: int, shared: int) -> set[str]:
    """Return known words within ``limit`` letters that share their first ``shared`` letters."""
    found: set[str] = set()
    for leaf, _ in reader.leaf_readers():
        for name in _fields(term):
            field = leaf.columns.field(words_field(name))
            numbers = None if field is None else near(field.terms, term.form, limit, shared)
            if field is not None and numbers is not None:
                found.update(field.terms[number].decode() for number in numbers.tolist())
    return {word for word in found if word.isalpha() and len(word) >= SHORTEST_WORD}


def _like(written: str, word: str) -> str:
    """Return ``word`` with a capital if what it replaces was written with one."""
    return word.capitalize() if written[:1].isupper() else word
