"""Front matter: the fields that stand above a text, in YAML or TOML, as site generators have it.

The lines that part it from the text are those of Jekyll
(https://jekyllrb.com/docs/front-matter/) and Hugo (https://gohugo.io/content-management/front-matter/).
"""

from __future__ import annotations

import re
import tomllib
from typing import Any, NamedTuple

from index.intake.simple_yaml import read_yaml

LONGEST = 100_000
"""Characters of front matter, at most: anything longer is a text between two lines of dashes."""

_LONGEST_TOML = 10_000
"""Of TOML: a key of many parts with dots between takes the library as long as their square."""

_OPENING = re.compile(r"\s*(---|\+\+\+)[ \t]*\n")
_ENDS = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
}
_FIELD = re.compile(r"^[\"']?\w[\w .-]{0,60}+[\"']?[ \t]{0,9}[:=]", re.MULTILINE)


class FrontMatter(NamedTuple):
    """A text and the fields above it."""

    fields: dict[str, Any]
    """By their names in small letters. Values are texts, lists, mappings, and what TOML has."""

    body: str


def split(text: str) -> FrontMatter:
    """Part the front matter from the text that it stands above.

    What is no front matter is part of the text; what is damaged has no fields, or fewer.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return FrontMatter({}, text)
    closing = _ENDS[opening[1]].search(text, opening.end(), opening.end() + LONGEST)
    if closing is None:
        return FrontMatter({}, text)
    matter = text[opening.end() : closing.start()]
    if matter.strip() and not _FIELD.search(matter):
        return FrontMatter({}, text)
    fields = read_yaml(matter) if opening[1] == "---" else _toml(matter)
    named = {name.lower(): value for name, value in reversed(fields.items())}
    return FrontMatter(named, text[closing.end() :])


def _toml(matter: str) -> dict[str, Any]:
    if len(matter) > _LONGEST_TOML:
        return {}
    try:
        return tomllib.loads(matter)
    except (ValueError, RecursionError):
        return {}
