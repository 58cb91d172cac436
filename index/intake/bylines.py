"""The names of authors, out of the bylines that pages print and the fields that name them."""

from __future__ import annotations

import re

from index.cleaning import clean
from index.phrases import phrase, table

MOST_AUTHORS = 20

LONGEST_NAME = 60
"""Characters of a name; what is longer is a sentence."""

_MOST_WORDS = 6

_OPENING = re.compile(
    r"^\W*(?:(?:written|reported|reporting|story|posted|published|article|words|text|edited)\s+)?"
    r"(?:by|von|par|por|di|door|autor(?:in)?|author)\b\s*:?\s+",
    re.IGNORECASE,
)
_END = re.compile(
    # A date, a role, an address, what follows a bar.
    r"\s*(?:[|•·\n(]|\s[–—-]\s|,?\s*(?:updated|published|posted)\b|,?\s*\d|\bfor\s+[A-Z]|@|https?:"
    r"|,\s*(?:\w+\s+){0,3}(?:writer|reporter|correspondent|editor|staff|columnist|contributor"
    r"|producer|press|news|ap|afp|reuters)\b).*$",
    re.IGNORECASE | re.DOTALL,
)
_BETWEEN = re.compile(r"\s*(?:,|;|&|/|\band\b|\bund\b|\bet\b|\by\b)\s*", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_NO_NAMES = table("""
    admin, administrator, anonymous, author, by, contributor, editor, editorial, guest, null,
    redaktion, staff, the editors, undefined, unknown, webmaster
""")


def read_names(written: str) -> tuple[str, ...]:
    """Return the names in a byline, or in a field that names one author or several."""
    text = " ".join(clean(written).split())
    text = _END.sub("", _OPENING.sub("", text))
    names = (name.strip(" .,;:|-–—") for name in _BETWEEN.split(text))
    return tuple(name for name in names if _is_name(name))[:MOST_AUTHORS]


def _is_name(name: str) -> bool:
    return (
        len(name) <= LONGEST_NAME
        and len(name.split()) <= _MOST_WORDS
        and len(_LETTER.findall(name)) > 1
        and "://" not in name
        and phrase(name) not in _NO_NAMES
    )
