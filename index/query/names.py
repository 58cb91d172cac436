"""The names the query language knows: fields, flags and operators, each with what it means."""

from __future__ import annotations

from typing import Literal, NamedTuple

Takes = Literal["words", "names", "days", "flag"]


class FieldName(NamedTuple):
    """A name that may stand before a colon."""

    takes: Takes
    """What stands behind the colon."""

    field: str
    """The field of the index; for what is in none, the name itself."""


FIELDS: dict[str, FieldName] = {
    "title": FieldName("words", "title"),
    "points": FieldName("words", "points"),
    "heading": FieldName("words", "headings"),
    "body": FieldName("words", "body"),
    "place": FieldName("words", "place"),
    "source": FieldName("words", "source"),
    "feed": FieldName("names", "feed"),
    "tag": FieldName("names", "tag"),
    "date": FieldName("days", "date"),
    "after": FieldName("days", "after"),
    "before": FieldName("days", "before"),
    "is": FieldName("flag", "is"),
    "has": FieldName("flag", "has"),
}
"""Names before a colon."""

NAMES = frozenset(known.field for known in FIELDS.values() if known.takes == "names")
"""Fields of which the record knows the names: no words of theirs are in the index."""

FLAGS: dict[str, dict[str, tuple[str, bool]]] = {
    "is": {
        "read": ("read", True),
        "unread": ("read", False),
        "starred": ("starred", True),
        "unstarred": ("starred", False),
    },
    "has": {
        "points": ("points", True),
        "date": ("date", True),
        "place": ("place", True),
        "source": ("source", True),
        "headings": ("headings", True),
        "body": ("body", True),
        "highlight": ("highlighted", True),
        "note": ("noted", True),
    },
}
"""Per flag field: each value, with the mark or possession it is about and whether it is wanted."""

MARKS = frozenset({"read", "starred", "highlighted", "noted"})
"""Values of flags that the record knows, and no index."""

UNDATED = "none"
"""The value of ``date:`` that finds articles without a date."""

OPERATORS = frozenset({"AND", "OR", "NOT"})
"""Words that combine, in capitals."""
