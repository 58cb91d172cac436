"""Attributes of lists of feeds whose values hold quotation marks and tags of their own, mended.

Programs that write lists by pasting strings together give
``<outline text="The "Best" of us" description="<b>News</b>" xmlUrl="…"/>``.
"""

from __future__ import annotations

import re

_NAMES = (
    "category created description encoding htmlurl icon id isbreakpoint iscomment language text"
    " title type url version xmlurl"
)
"""The attributes of OPML (http://opml.org/spec2.opml), and those often added."""

_NAME = "|".join(_NAMES.split())
_VALUE = re.compile(
    rf"(?P<before>\s(?:{_NAME})\s{{0,9}}=\s{{0,9}}\")"
    # A quotation mark ends a value when an attribute, or the end of the tag, comes next.
    rf"(?P<value>(?:[^\"]|\"(?!\s{{1,99}}(?:{_NAME})\s{{0,9}}=\s{{0,9}}\"|\s{{0,99}}[/?]?>\s*(?:<|$)))*+)"
    r"(?=\")",
    re.IGNORECASE,
)


def mend_attributes(text: str) -> str:
    """Return ``text`` with marks inside of values escaped, so that they do not end the values."""
    return _VALUE.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return found["before"] + found["value"].replace('"', "&quot;").replace("<", "&lt;")
