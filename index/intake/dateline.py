"""Read the dateline of a story: where it was filed, as the first words of its first paragraph."""

from __future__ import annotations

import re
from typing import NamedTuple

from index.phrases import table

_UPPER = r"[A-ZÀ-ÖØ-Þ]"
_CAPITALS = rf"{_UPPER}(?:{_UPPER}|[.’'-])+"
_PLACE_IN_CAPITALS = rf"{_CAPITALS}(?:[ /-](?:{_CAPITALS}|de|del|da|do|la|al|el|and)){{0,4}}"
_STATE = r"(?:,\s(?:[A-Z][A-Za-z]{1,13}\.?|[A-Z]\.[A-Z]\.)(?:\s[A-Z][a-z]{2,12})?)?"
_NAME = rf"{_UPPER}[\w.’'-]+(?:[ /-](?:{_UPPER}[\w.’'-]+|de|del|la|al|el)){{0,3}}"
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DAY = rf"(?:,?\s{_MONTH}\s\d{{1,2}}(?:,\s\d{{4}})?|,?\s\d{{1,2}}\s{_MONTH}(?:,?\s\d{{4}})?)"
_AGENCY = r"(?:\s?\([A-Z][\w/&.’' -]{1,30}\))"
_DASH = r"\s?(?:—|–|--|-)\s?"
_SPACED_DASH = r"\s?(?:—|\s–|--|\s-)\s?"

_DATELINES = tuple(
    re.compile(pattern)
    for pattern in (
        # LONDON, Oct 9 (Reuters) - ; CLEVELAND, Feb 26 -
        rf"(?P<place>(?:{_PLACE_IN_CAPITALS}|{_NAME}){_STATE}){_DAY}{_AGENCY}?(?:{_DASH}|:\s?)",
        # WASHINGTON (AP) — ; Seoul (CNN)
        rf"(?P<place>(?:{_PLACE_IN_CAPITALS}|{_NAME}){_STATE}){_AGENCY}(?:{_DASH}|:)?\s?",
        # MADRID — ; SPRINGFIELD, Ill. --
        rf"(?P<place>{_PLACE_IN_CAPITALS}{_STATE}){_SPACED_DASH}",
        # ISLAMABAD: ; KABUL/ISLAMABAD:
        rf"(?P<place>{_PLACE_IN_CAPITALS}):\s?",
    )
)

_NOT_PLACES = table("""
    ALERT
    ANALYSIS
    AUDIO
    BREAKING
    BREAKING NEWS
    CLARIFICATION
    COLUMN
    COMMENT
    COMMENTARY
    CORRECTION
    CORRECTED
    DEVELOPING
    EDITORIAL
    EDITOR'S NOTE
    EXCLUSIVE
    EXPLAINED
    EXPLAINER
    FACT CHECK
    FACTBOX
    FEATURE
    FILE
    FLASH
    GRAPHIC
    HIGHLIGHTS
    IMPORTANT
    INTERVIEW
    JUST IN
    KEY POINTS
    LISTEN
    LIVE
    LIVE UPDATES
    MORE
    NEWS
    NOTE
    OPINION
    PHOTO
    PHOTOS
    PICTURES
    PODCAST
    POLL
    PROFILE
    QUIZ
    READ
    READ MORE
    RECAP
    RELATED
    REPORT
    REVIEW
    SEE ALSO
    SPONSORED
    SUMMARY
    TIMELINE
    TL;DR
    TRANSCRIPT
    UPDATE
    UPDATED
    UPDATES
    URGENT
    VIDEO
    VIEWPOINT
    WARNING
    WATCH
    WATCH LIVE
    ANSWER
    QUESTION
    AFP
    ASEAN
    BBC
    BRICS
    CIA
    CNN
    COVID-19
    EU
    FBI
    FIFA
    GOP
    IAEA
    ICC
    IMF
    ISIS
    NASA
    NATO
    OECD
    OPEC
    OSCE
    SUPARCO
    UEFA
    UN
    UNESCO
    UNICEF
    UNSC
    WHO
    WTO
""")

_VOWEL = re.compile("[AEIOUYÀ-ÖØ-Ý]")

LONGEST_DATELINE = 90
"""Characters within which a dateline ends."""


class Dateline(NamedTuple):
    """The place a story was filed from, and where in the paragraph its first sentence begins."""

    place: str
    end: int


def read_dateline(paragraph: str) -> Dateline | None:
    """Return the dateline that ``paragraph`` begins with, if it has one.

    A label (``UPDATE:``), a speaker's or an organisation's name looks much the same, so what is
    known to be no place, and an acronym without a vowel, are not taken for one.
    """
    head = paragraph[:LONGEST_DATELINE]
    for pattern in _DATELINES:
        found = pattern.match(head)
        if found and found.end() < len(paragraph) and _may_be_place(found["place"]):
            return Dateline(found["place"], found.end())
    return None


def is_labelled(paragraph: str) -> bool:
    """Whether ``paragraph`` begins with capitals and a colon, as speakers' words do."""
    return bool(_DATELINES[-1].match(paragraph[:LONGEST_DATELINE]))


def _may_be_place(name: str) -> bool:
    capitals = name.upper().replace("’", "'")
    return capitals not in _NOT_PLACES and len(name) > 2 and bool(_VOWEL.search(capitals))
