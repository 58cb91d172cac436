"""A word, a phrase or a name in the query, as written, turned into a leaf of the tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from index import analysis
from index.errors import QueryError
from index.query.tree import (
    And,
    Boost,
    Everything,
    Field,
    FromFeed,
    Fuzzy,
    Has,
    Node,
    Or,
    Phrase,
    Prefix,
    Tagged,
    Term,
    Wildcard,
)

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_LETTERS = 2
"""Letters in which a fuzzy word may differ."""

WIDEST_PHRASE = 50
"""Words that may lie between two neighbours of a phrase; less than the gap between passages."""

LONGEST_PHRASE = 64
"""Words of a phrase: each more is looked up at every place that the others leave."""

HEAVIEST = 100.0
"""The greatest boost."""

_SUFFIX = re.compile(r"(?:~(?P<near>[0-9]*))?(?:\^(?P<boost>[0-9.]*))?\Z")
_PATTERN = re.compile(r"[^\s.,;:/=&#%@<>+|\\\[\]{}\ud800-\udfff]+")
"""Characters of a word with wildcards: not of an address, whose ``?`` is none.

Lone surrogates, which no index can hold, are no characters of a word."""

_JOINTS = ".,'’-‐‑"
"""Signs inside a word: one at the end of the query may be followed by more of it."""

_UNFINISHED_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{0,2}\Z)")

_CLOSING = "?!.,;:…"
"""Punctuation behind a word: ``Who rules Kabul?`` asks for Kabul."""

_NAMED: dict[Field, Callable[[str, bool], Node]] = {"feed": FromFeed, "tag": Tagged}
"""What asks for a name, by the field in which it is written."""


class Written(NamedTuple):
    """A word as it stands in the query."""

    text: str
    start: int
    field: Field
    completes: bool
    """The query ends with this word, and is still being typed."""


def word(written: Written) -> Node | None:
    """Return what a word of the query asks for; None if it is all punctuation.

    Raises QueryError for a boost or a distance out of bounds.
    """
    if written.field in _NAMED:
        return _name(written)
    core, near, boost = _split_suffix(written.text, written.start)
    written = written._replace(completes=written.completes and core == written.text)
    node: Node | None
    if near:
        node = _fuzzy(core, int(near), written)
    else:
        bare = core.rstrip(_CLOSING)
        node = _wild(bare, written) if _is_wild(bare) else None
        node = node or _plain(core, written)
    return boosted(node, boost)


def phrase(written: Written, suffix: str = "") -> Node | None:
    """Return what a quotation asks for; None if there is no word between the quotes.

    ``written.text`` is what stands between the quotes, ``suffix`` what stands behind them.
    Raises QueryError for a boost or a distance out of bounds.
    """
    if written.field in _NAMED:
        return _quoted_name(written, suffix)
    _, near, boost = _split_suffix(suffix, written.start + len(written.text) + 2)
    within = max(1, int(near or 1))
    if within > WIDEST_PHRASE:
        end = written.start + len(written.text) + 2
        raise QueryError(
            f"The words of a phrase may be at most {WIDEST_PHRASE} words apart.",
            end,
            end + len(suffix),
        )
    found = list(analysis.words(written.text))
    if found and found[-1].position >= LONGEST_PHRASE:
        end = written.start + len(written.text) + 1
        raise QueryError(f"A phrase has at most {LONGEST_PHRASE} words.", written.start, end)
    completes = written.completes and _may_continue(written.text, found)
    return boosted(_phrase(_parts(found), written.field, completes=completes, within=within), boost)


def boosted(node: Node | None, boost: float | None) -> Node | None:
    """Return the node with a weight, if it has one."""
    return Boost(node, boost) if node is not None and boost not in (None, 1.0) else node


def weight(text: str, start: int) -> float | None:
    """Return the number behind a ``^``; None if it is still missing.

    Raises QueryError for anything but a number above 0 and up to :data:`HEAVIEST`.
    """
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= HEAVIEST:
        message = f"A weight is a number above 0 and up to {HEAVIEST:.0f}."
        raise QueryError(message, start, start + len(text))
    return value


def _name(written: Written) -> Node | None:
    """Return what a name without quotes asks for; with a ``*`` behind it, it is a beginning.

    No other sign in it means anything: addresses have many.
    """
    suffix = _SUFFIX.search(written.text)
    if suffix is not None and not written.completes:
        _refuse(written, *suffix.span())
    bare = written.text.rstrip("*")
    return _NAMED[written.field](bare, written.completes or bare != written.text)


def _quoted_name(written: Written, suffix: str) -> Node | None:
    """Return what a name in quotes asks for; None if there is nothing between them."""
    end = len(written.text) + 2
    _refuse(written, end, end + len(suffix))
    if not written.text.strip():
        return None
    # A space behind its last word finishes that, but not yet the name.
    text = written.text.lstrip() if written.completes else written.text.strip()
    return _NAMED[written.field](text, written.completes)


def _refuse(written: Written, start: int, end: int) -> None:
    """Raise QueryError for a ``~`` or a ``^``, which lie between two offsets behind a name."""
    if start < end:
        message = f"{written.field}: takes neither ~ nor ^."
        raise QueryError(message, written.start + start, written.start + end)


def _split_suffix(text: str, start: int) -> tuple[str, str | None, float | None]:
    """Split ``~`` and ``^`` off a word: return the rest, the distance and the weight."""
    match = _SUFFIX.search(text)
    if match is None:
        return text, None, None
    boost = weight(match["boost"] or "", start + max(match.start("boost"), 0))
    near = "1" if match["near"] == "" else match["near"]
    return text[: match.start()], near, boost


def _parts(found: list[analysis.Word]) -> tuple[str, ...]:
    """Return one form a position, the one by which a query looks for the word."""
    first: dict[int, str] = {}
    for one in found:
        if not one.compound:
            first.setdefault(one.position, one.form)
    return tuple(first.values())


def _plain(text: str, written: Written) -> Node | None:
    """Return a word without wildcards: a term, or a phrase when it falls into several words."""
    if written.completes:
        text = _UNFINISHED_THOUSANDS.sub("", text)
    found = list(analysis.words(text))
    forms = _parts(found)
    if not forms:
        return None
    completes = written.completes and _may_continue(text, found)
    if len(forms) == 1:
        place = (written.start + found[0].start, written.start + found[0].end)
        return Term(forms[0], written.field, completes, place)
    if len(forms) > LONGEST_PHRASE:
        # A sentence in a script without spaces, say.
        starts = range(0, len(forms), LONGEST_PHRASE)
        return And(tuple(Phrase(forms[i : i + LONGEST_PHRASE], written.field) for i in starts))
    whole = _whole(found)
    if completes and whole:
        return Or((Phrase(forms, written.field), Prefix(whole, written.field)))
    return _phrase(forms, written.field, completes=completes)


def _may_continue(text: str, found: list[analysis.Word]) -> bool:
    """Tell whether the last word may go on, as ``U.``, ``O’`` and ``Al-`` may."""
    return bool(found) and text[found[-1].end :] in ("", *_JOINTS)


def _whole(found: list[analysis.Word]) -> str | None:
    """Return the form of the whole, if the words are the parts of one compound."""
    wholes = [one for one in found if one.compound]
    covers = wholes and (wholes[0].start, wholes[0].end) == (found[0].start, found[-1].end)
    return wholes[0].form if covers else None


def _phrase(
    forms: tuple[str, ...], field: Field, *, completes: bool, within: int = 1
) -> Phrase | None:
    """Return a phrase; a last word of one letter, still being typed, is left out of it."""
    if not forms:
        return None
    if completes and analysis.is_spaceless(forms[-1]):
        completes = False
    elif completes and len(forms) > 1 and len(forms[-1]) == 1:
        # Too many words begin with a letter: looking at what follows each place costs seconds.
        forms, completes = forms[:-1], False
    return Phrase(forms, field, within, completes)


def _fuzzy(text: str, letters: int, written: Written) -> Node | None:
    """Return a word spelt nearly so; a compound or a very short word must be spelt exactly so."""
    if letters > MOST_LETTERS:
        raise QueryError(
            f"A word may differ in at most {MOST_LETTERS} letters.",
            written.start + len(text),
            written.start + len(written.text),
        )
    forms = _parts(list(analysis.words(text)))
    letters = min(letters, len(forms[0]) - 1) if len(forms) == 1 else 0
    return Fuzzy(forms[0], letters, written.field) if letters else _plain(text, written)


def _is_wild(text: str) -> bool:
    """Tell whether ``*`` and ``?`` stand for letters: at the end, or inside a word."""
    head = text.rstrip("*")
    inside = "*" in head or "?" in head
    return _PATTERN.fullmatch(text) is not None if inside else head != text


def _wild(text: str, written: Written) -> Node | None:
    """Return a word with ``*`` or ``?``; None if there is no word character in it."""
    head = text.rstrip("*")
    if not head:
        return _anything(written.field)
    if "*" in head or "?" in head:
        pieces = re.split(r"([*?])", re.sub(r"\*+", "*", text))
        pattern = "".join(
            piece if piece in ("*", "?") else analysis.fold(piece) for piece in pieces
        )
        # All letters may have been folded away, as of a lone accent.
        return Wildcard(pattern, written.field) if pattern.strip("*?") else None
    found = list(analysis.words(head))
    forms = _parts(found)
    if not forms:
        return None
    whole = forms[0].rstrip(".") if len(forms) == 1 else _whole(found)
    return Prefix(whole, written.field) if whole else _phrase(forms, written.field, completes=True)


def _anything(field: Field) -> Node:
    """Return what a lone ``*`` asks for: that there is such a field."""
    return Has(field) if field else Everything()
