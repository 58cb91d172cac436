"""A figure of the intake, beside what it is to reach and what the best peer reaches."""

from __future__ import annotations

from typing import NamedTuple


class Figure(NamedTuple):
    """One line of the table."""

    what: str
    data: str
    """On what: the collection, and how many of it."""

    measured: str
    reference: str = ""
    """What a peer reaches in the same run, and which."""

    must: str = ""
