"""Where a sentence ends."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = re.compile(
    # A stop ends a sentence before white space, or where the space was forgotten: `do.The`.
    r"""[.!?…]+["”’»')\]]*(?=\s|$|["“‘«]?[A-ZÀ-ÖØ-Þ][a-z’'])|[。！？]+[」』”’]*"""
)
_TERMINAL = re.compile(r"""[.!?…。！？؟۔।]["”’»“‘'*)\]」』\s]*$""")

_TITLES_AND_NAMES = """
Adm Apr Asst Aug Ave Brig Capt Cmdr Co Col Corp Dec Det Dr Esq Feb Fig Fr Fri Ft Gen Gov Hon Inc
Insp Jan Jr Jul Jun Lt Ltd Maj Mar Messrs Mgr Mon Mr Mrs Ms Msgr Mt No Nos Nov Oct Pfc Pres Prof
Pvt Rep Reps Ret Rev Sat Sen Sens Sep Sept Sgt Spc Sr St Ste Supt Thu Thur Thurs Tue Tues Univ Vol
Wed Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mont Neb Nev
Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo cf dept est etc pct pp vs
"""
_ABBREVIATIONS = frozenset(_TITLES_AND_NAMES.split())

_LAST_WORD = re.compile(r"(?:^|[\s(“\"'‘—–-])((?:[^\W\d_]\.)*[^\W\d_]+)\.$")
_NEXT_WORD = re.compile(r"\s*[\"“‘']?([^\W\d_]*)")

_SENTENCE_OPENERS = """
A According After All Although An And As At Because Before Both But By During Each Even For From
He Her His However If In It Its Last Many Meanwhile Most Mr Mrs Ms No Not Now Of On One Our She
Since So Some Such That The Their There These They This Those Though To Today Two Under Until We
What When Where Which While Who With Yet You Your
"""
_OPENING_WORDS = frozenset(_SENTENCE_OPENERS.split())
"""Words that, capitalised, tell that a sentence begins, and not a name behind an abbreviation."""


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends as a sentence does, closing quotation marks aside."""
    return bool(_TERMINAL.search(text[-8:]))


def first_sentence(text: str) -> str:
    """Return the beginning of ``text`` that is its first sentence, all of it if it is but one."""
    return text[: next(_ends(text), len(text))]


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Give where each sentence of ``text`` begins and ends, without the white space around it."""
    start = 0
    for end in (*_ends(text), len(text)):
        sentence = text[start:end]
        if bare := sentence.strip():
            first = start + len(sentence) - len(sentence.lstrip())
            yield first, first + len(bare)
        start = end


def _ends(text: str) -> Iterator[int]:
    for end in _END.finditer(text):
        if end.group() != "." or not _is_abbreviation(text, end.end()):
            yield end.end()


def _is_abbreviation(text: str, end: int) -> bool:
    """Whether the full stop before ``end`` belongs to its word rather than to the sentence."""
    last = _LAST_WORD.search(text[max(0, end - 24) : end])
    if not last:
        return False
    word = last.group(1)
    following = _NEXT_WORD.match(text, end)
    next_word = following.group(1) if following else ""
    if next_word[:1].islower():
        return True
    if "." in word:  # `U.S.` and `p.m.`, but also initials: `J.K.`
        return next_word not in _OPENING_WORDS
    return word in _ABBREVIATIONS or (len(word) == 1 and word != "I")
