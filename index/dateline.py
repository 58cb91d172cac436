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
_ANY_AGENCY = r"\s?\([A-Z][\w/&.’' -]{1,30}\)"
_AGENCY = (
    r"\s?\((?:AFP|AP|ANI|APP|ANSA|BBC(?: News)?|Bloomberg(?: News)?|CBS(?: \w+)*|CNN(?: Business)?"
    r"|CNNMoney|CNBC|dpa|DPA|EFE|IANS|INP|ISNA|IRNA|Interfax|KUNA|KYODO|Kyodo(?: News)?|NNI|NPR"
    r"|ONLINE|PTI|RIA|RNS|Reuters(?: Breakingviews| Health)?|SANA|SPA|TASS|The AP"
    r"|(?:The )?Associated Press|Thomson Reuters Foundation|UNI|UPI|WAFA|WAM|Xinhua|Yonhap)\)"
)
_DASH = r"\s?(?:—|–|--|-)\s?"
_SPACED_DASH = r"\s?(?:—|\s–|--|\s-)\s?"

_LABELLED = re.compile(rf"(?P<place>{_PLACE_IN_CAPITALS}):\s?")

_DATELINES = tuple(
    re.compile(pattern)
    for pattern in (
        # LONDON, Oct 9 (Reuters) - ; CLEVELAND, Feb 26 -
        rf"(?P<place>{_PLACE_IN_CAPITALS}{_STATE}){_DAY}(?:{_ANY_AGENCY})?(?:{_DASH}|:\s?)",
        # ISLAMABAD (Staff Report): ; WASHINGTON (Fox News) —
        rf"(?P<place>{_PLACE_IN_CAPITALS}{_STATE}){_ANY_AGENCY}(?:{_DASH}|:\s?)",
        # WASHINGTON (AP) ; Seoul (CNN) ; Boston, April 3 (UPI) --
        rf"(?P<place>(?:{_PLACE_IN_CAPITALS}|{_NAME}){_STATE}){_DAY}?{_AGENCY}(?:{_DASH}|:)?\s?",
        # MADRID — ; SPRINGFIELD, Ill. --
        rf"(?P<place>{_PLACE_IN_CAPITALS}{_STATE}){_SPACED_DASH}",
        # ISLAMABAD: ; KABUL/ISLAMABAD:
        _LABELLED.pattern,
    )
)

_LABELS = table("""
    ALERT, ANALYSIS, ANSWER, AUDIO, BREAKING, CLARIFICATION, COLUMN, COMMENT, COMMENTARY,
    CLARIFICATIONS, CORRECTED, CORRECTION, CORRECTIONS, DEVELOPING, DISCLAIMER,
    EDITOR'S, EDITORIAL, EXCLUSIVE, EXPLAINED,
    EXPLAINER, FACT, FACTBOX, FEATURE, FILE, FLASH, FOCUS, GRAPHIC, HEARING, HIGHLIGHTS, HOW,
    IMPORTANT, INTERVIEW, JUST, KEY, LISTEN, LIVE, MORE, NEWS, NOTE, OPINION, OUTLOOK, PHOTO,
    PHOTOS, PICTURE, PICTURES, PODCAST, POLL, PROFILE, QUESTION, QUIZ, READ, RECAP, RELATED,
    REPORT, REVIEW, SEE, SEN., SENATOR, SENATORS, SENS., SOURCE, SOURCES, SPONSORED, SPOTLIGHT,
    STORY, SUMMARY, TIMELINE, TRANSCRIPT, UPDATE, UPDATED, UPDATES, URGENT, VIDEO, VIDEOS,
    VIEWPOINT, WARNING, WATCH, WHY
""")
"""Words that no name of a place holds, but what stands in its stead does."""

_ORGANISATIONS = table("""
    AFCON, ASEAN, BRICS, CECAFA, CNN, COMESA, COVID, COVID-19, ECOWAS, EUROPOL, HAMAS,
    HEZBOLLAH, INTERPOL, ISWAP, NASDAQ, UEFA, UNESCO, UNHCR, UNICEF, UNRWA, WINNER, WINNERS
""")

_SHORT_PLACES = table("""
    ADEN, AGRA, BAKU, BARI, BATH, BERN, BONN, CALI, CORK, DOHA, GAZA, GIZA, GRAZ, HULL, IRAN,
    IRAQ, KIEV, KYIV, LIMA, LOME, LYON, MALE, MALI, NICE, OMAN, OSLO, PERU, PUNE, RIGA, ROME,
    SUVA, TOGO, YORK
""")
"""Places of four letters: other words of four capitals before a colon are acronyms."""

_VOWEL = re.compile("[AEIOUYÀ-ÖØ-Ý]")

LONGEST_DATELINE = 90
"""Characters within which a dateline ends."""

_SHORTEST_STORY = 30
"""Characters that follow a dateline, at least."""


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
        if found and _may_be_place(found["place"]) and _is_told(paragraph[found.end() :]):
            return Dateline(found["place"], found.end())
    return None


def is_labelled(paragraph: str) -> bool:
    """Whether ``paragraph`` begins with capitals and a colon, as speakers' words do."""
    return bool(_LABELLED.match(paragraph[:LONGEST_DATELINE]))


def _is_told(text: str) -> bool:
    """Whether ``text`` tells something, rather than going on in capitals as a title does."""
    return len(text) > _SHORTEST_STORY and not text.isupper()


def _may_be_place(name: str) -> bool:
    capitals = name.upper().replace("’", "'")
    if capitals in _ORGANISATIONS or not _LABELS.isdisjoint(capitals.split()):
        return False
    letters = capitals.replace(".", "")
    return bool(_VOWEL.search(letters)) and (len(letters) > 4 or capitals in _SHORT_PLACES)
