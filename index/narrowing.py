"""What found articles are narrowed to, one step after another: a value of a field, or some days."""

from __future__ import annotations

import datetime as dt  # noqa: TC003  (Pydantic reads the annotations)
from typing import Literal, NamedTuple

Field = Literal["source", "place", "year", "tag", "read"]
"""What articles have values of, to be counted and narrowed to."""

FIELDS: tuple[Field, ...] = ("source", "place", "year", "tag", "read")

NONE = ""
"""The value of articles that have none: from an unknown source, undated."""

READ, UNREAD = "read", "unread"
"""The values of the field ``read``."""


class Having(NamedTuple):
    """The articles that have a value, exactly as it stands in them.

    A year is that of the day as published; a tag is also what is below it, as ``News/Asia`` is
    below ``News``.
    """

    field: Field
    value: str


class Published(NamedTuple):
    """The articles that were published on some days."""

    first: dt.date
    behind: dt.date
    """The first day that is not one of them any more."""


Narrowing = Having | Published
