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
    rf"(?P<value>(?:[^\"<]|<(?!outline\b)"
    # A quotation mark ends a value when an attribute, or the end of the tag, comes next.
    rf"|\"(?!\s{{1,99}}(?:{_NAME})\s{{0,9}}=\s{{0,9}}\"|\s{{0,99}}[/?]?>\s*(?:<|$)))*+)",
    re.IGNORECASE,
)

LONGEST_TAG = 20_000
"""Characters of a tag without its quoted values: the time for its attributes grows as a square."""

_TAG = re.compile(r"""<[a-zA-Z](?:[^"'<>]++|"[^"]*+"?|'[^']*+'?)*+""")
_QUOTED = re.compile(r"""\"[^"]*"|'[^']*'""")
_TAG_NAME = re.compile(r"<[a-zA-Z][\w:-]{0,40}")


def bound_tags(text: str) -> str:
    """Return ``text`` with tags of thousands of attributes cut down to their names."""
    return _TAG.sub(_bounded, text)


def _bounded(found: re.Match[str]) -> str:
    tag = found[0]
    if len(tag) <= LONGEST_TAG or len(_QUOTED.sub("", tag)) <= LONGEST_TAG:
        return tag
    name = _TAG_NAME.match(tag)
    return name[0] if name else ""


def mend_attributes(text: str) -> str:
    """Return ``text`` with marks inside of values escaped, so that they do not end the values."""
    return _VALUE.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return found["before"] + found["value"].replace('"', "&quot;").replace("<", "&lt;")
