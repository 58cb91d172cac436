"""Text analysis: where the words of a text are, and the normal forms under which they are found.

A *surface* is a stretch of text as written, such as ``Al-Qaeda``; a *form* is what a word is
compared by: without case, accents, apostrophes and thousands separators. All text is analysed by
these rules, articles and queries alike.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from index.scripts import SPACELESS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PASSAGE_END = "\u2029"
"""PARAGRAPH SEPARATOR: joins passages into one text, so that no phrase runs across two of them."""

PASSAGE_GAP = 100
"""Positions left free at a passage's end: more than the words of a phrase may lie apart."""

LONGEST_FORM = 64
"""Characters of a form that count: what is longer is no word, and would only swell the index."""

_LONGEST_INITIALISM = 3
"""Letters of a word in capitals that may be an abbreviation, such as ``USA``."""

_APOSTROPHES = "'’‘‛ʼʻ`´′＇"
_HYPHENS = "-\u2010\u2011\ufe63\uff0d"
_INVISIBLE = "\u00ad\u200c\u200d\u2060"
"""Soft hyphen, the two joiners and the word joiner: inside a word, but no part of its form."""

_MARK_BLOCKS = (
    (0x0300, 0x1E00), (0x20D0, 0x20F1), (0x2CEF, 0x2E00), (0x302A, 0x309B), (0xA66F, 0xA6F2),
    (0xA800, 0xABEE), (0xFB1E, 0xFB1F), (0xFE00, 0xFE30), (0x10A00, 0x12000),
    (0x16AF0, 0x16B37), (0x1E000, 0x1E94B), (0xE0100, 0xE01F0),
)  # fmt: skip
"""The stretches of Unicode in which combining marks lie."""

_FOLDED_MARKS = (
    (0x0300, 0x0370), (0x0483, 0x048A), (0x0591, 0x05BE), (0x05BF, 0x05C8), (0x0610, 0x061B),
    (0x064B, 0x0660), (0x0670, 0x0671), (0x06D6, 0x06EE), (0x08D3, 0x0900), (0x1AB0, 0x1B00),
    (0x1DC0, 0x1E00), (0x20D0, 0x20F1), (0xFE00, 0xFE30), (0xE0100, 0xE01F0),
)  # fmt: skip
"""Marks without which a word is still the same: accents, Hebrew points, Arabic tashkeel."""

_LETTERS = {
    "ı": "i", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ħ": "h",
    "ŋ": "ng", "ŧ": "t", "ĸ": "k", "ƙ": "k", "ɓ": "b", "ɗ": "d", "ɖ": "d", "ɛ": "e", "ɔ": "o",
    "ƴ": "y", "ǝ": "e", "ə": "e",
}  # fmt: skip
"""Letters of the Latin script that Unicode does not take apart into a letter and an accent."""


class Word(NamedTuple):
    """One form of a word, and where it stands."""

    form: str
    position: int
    """The count of words before it. Forms of the same word share a position."""

    start: int
    end: int
    """Offsets into the text: of the first character, and behind the last."""

    compound: bool = False
    """The whole of a hyphenated compound, whose parts are words of their own."""


class Analysis(NamedTuple):
    """The words of one surface, with positions and offsets from its beginning."""

    words: tuple[Word, ...]
    width: int
    """How many positions the surface takes."""


def _marks() -> str:
    """Return all combining marks, as the inside of a character class."""
    marks = [
        code
        for first, behind in _MARK_BLOCKS
        for code in range(first, behind)
        if unicodedata.category(chr(code)) in ("Mn", "Mc", "Me")
    ]
    ranges: list[list[int]] = []
    for code in marks:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_WORD_CHARACTER = rf"[^\W_{SPACELESS}]"
_LETTER = rf"[^\W\d_{SPACELESS}]"
_APOSTROPHE = f"[{_APOSTROPHES}]"

_PLAIN = r"[A-Za-z]{2,}+(?![^\s,.;:!?)\]\"”])"
"""Most words of most texts, found three times as fast. What follows them can't be part of them."""


class _Patterns(NamedTuple):
    """What finds words. Made when first used: that takes as long as a tenth of a start-up."""

    surface: re.Pattern[str]
    parts: re.Pattern[str]


@cache
def _patterns(plain: bool) -> _Patterns:
    """Return what finds words; for ``plain`` text, of ASCII alone, in a tenth of the time."""
    character, letter = ("[A-Za-z0-9]", "[A-Za-z]") if plain else (_WORD_CHARACTER, _LETTER)
    apostrophe = "['`]" if plain else f"[{_APOSTROPHES}]"
    mark = "" if plain else f"[{_marks()}\uff9e\uff9f{_INVISIBLE}]"
    run = rf"{character}++" + (rf"(?:{mark}++{character}*+)*+" if mark else "")
    initials = rf"{letter}(?:\.{letter})+(?!{character})\.?(?:{apostrophe}[sS](?!\w))?"
    joint = rf"(?:{apostrophe}|(?<=\d)\.(?=\d)|(?<=\d)(?<!\d{{4}}),(?=\d{{3}}(?!\d)))"
    part = rf"(?:{initials}|{run}(?:{joint}{run})*+)"
    compound = rf"{part}(?:[{'-' if plain else _HYPHENS}]{part})*+"
    spaceless = "" if plain else rf"{PASSAGE_END}|(?=\w)[{SPACELESS}]{mark}*+|"
    surface = rf"{_PLAIN}|{spaceless}{compound}"
    return _Patterns(re.compile(surface), re.compile(part))


def surfaces(text: str) -> Iterator[re.Match[str]]:
    """Find the surfaces of a text: words, compounds, single characters of a spaceless script."""
    return _patterns(text.isascii()).surface.finditer(text)


def surface_texts(text: str) -> list[str]:
    """Return the surfaces of a text, without their places, in one call."""
    return _patterns(text.isascii()).surface.findall(text)


_SPACELESS_FORM = re.compile(f"[{SPACELESS}]")
_POSSESSIVE = re.compile(rf"{_APOSTROPHE}[sS]$")
_DOTTED = re.compile(rf"{_LETTER}(?:\.{_LETTER})+\.?")

_FOLDING: dict[int, str | None] = {
    **{code: None for first, behind in _FOLDED_MARKS for code in range(first, behind)},
    **dict.fromkeys(map(ord, f"{_APOSTROPHES}{_INVISIBLE}, \u00a0\u0640")),
    **dict.fromkeys(map(ord, _HYPHENS), "-"),
    **{ord(letter): plain for letter, plain in _LETTERS.items()},
}


_TYPOGRAPHY = "’‘“”–—…\u00a0"
"""Characters that many texts have, and no form."""

_SQUEEZING = str.maketrans("", "", "-.")


@lru_cache(maxsize=1 << 13)
def fold(surface: str) -> str:
    """Return the form of a surface: lower case, plain letters, no apostrophe, no tatweel."""
    if surface.isascii():
        return surface.lower().translate(_FOLDING)
    lower = unicodedata.normalize("NFKD", surface).casefold()
    plain = unicodedata.normalize("NFKD", lower).translate(_FOLDING)
    return unicodedata.normalize("NFC", plain)


def _forms(part: str) -> tuple[str, ...]:
    """Return the forms of a part, the one by which a query looks for it first.

    ``U.S.`` is also ``us``, and ``US`` is also ``u.s.``, but ``us`` is not: so a query for
    ``U.S.`` finds the country in either spelling, and not the pronoun.
    """
    if "." in part and _DOTTED.fullmatch(part):
        initials = [fold(letter) for letter in part.split(".") if letter]
        return "".join(f"{letter}." for letter in initials), "".join(initials)
    form = fold(part)
    if part.isascii() and _may_be_initialism(part):
        return form, "".join(f"{letter}." for letter in form)
    return (form,)


def without_possessive(text: str) -> str:
    """Return a text without the ``’s`` at its end."""
    return _POSSESSIVE.sub("", text) if text[-1:] in ("s", "S") else text


def plain_form(text: str) -> str | None:
    """Return the form of a text that is nothing but one plain word; of any other, None.

    Most words are plain: there is nothing to fold but case, and no other form.
    """
    if text.isascii() and text.isalnum() and not _may_be_initialism(text):
        return text.lower()[:LONGEST_FORM]
    return None


def _may_be_initialism(part: str) -> bool:
    return 1 < len(part) <= _LONGEST_INITIALISM and part.isalpha() and part.isupper()


def squeeze(text: str) -> str:
    """Return a text in which the form of each of its words is found as it is, squeezed, too.

    Folded, and without whatever may or may not be written within a word. Most texts that are not
    ASCII but for the marks of typography are folded in a tenth of the time without these.
    """
    if not text.isascii():
        for mark in _TYPOGRAPHY:
            text = text.replace(mark, "")
    return fold.__wrapped__(text).translate(_SQUEEZING)


@lru_cache(maxsize=1 << 13)
def analyse(surface: str) -> Analysis:
    """Return the words of one surface, as found by :func:`surfaces`."""
    if surface == PASSAGE_END:
        return Analysis((), PASSAGE_GAP)
    plain = plain_form(surface)
    if plain is not None:
        return Analysis((Word(plain, 0, 0, len(surface)),), 1)
    words: list[Word] = []
    parts: list[str] = []
    end = 0
    for match in _patterns(surface.isascii()).parts.finditer(surface):
        part = without_possessive(match[0])
        forms = _forms(part)
        end = match.start() + len(part)
        words += [Word(f[:LONGEST_FORM], len(parts), match.start(), end) for f in forms if f]
        parts.append(forms[0])
    if not parts:
        form = fold(surface)
        return Analysis((Word(form, 0, 0, len(surface)),) if form else (), 1)
    if len(parts) > 1:
        whole = "-".join(parts)[:LONGEST_FORM]
        words.insert(1, Word(whole, 0, 0, end, compound=True))
    return Analysis(tuple(words), len(parts))


def analyse_all(text: str) -> Analysis:
    """Return the words of a text, and how many positions it takes."""
    found: list[Word] = []
    position = 0
    for match in surfaces(text):
        words, width = analyse(match[0])
        start = match.start()
        found += [
            Word(form, position + offset, start + first, start + behind, compound)
            for form, offset, first, behind, compound in words
        ]
        position += width
    return Analysis(tuple(found), position)


def words(text: str) -> Iterator[Word]:
    """Find the words of a text, in order of their positions."""
    return iter(analyse_all(text).words)


def is_spaceless(form: str) -> bool:
    """Tell whether a form is one character of a script that has no spaces between words."""
    return _SPACELESS_FORM.match(form) is not None


def join(passages: Iterable[str]) -> str:
    """Join passages into one text, across whose seams no phrase is found."""
    return PASSAGE_END.join(passages)
