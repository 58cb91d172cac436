"""The query as a tree of frozen values: what was meant, free of the notation and of Whoosh."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from index.results import Span

Field = str | None
"""A field as the index names it (``title``, ``place``…), or None: anywhere in the text."""


@dataclass(frozen=True, slots=True)
class Everything:
    """All articles."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word in any of its inflections."""

    form: str
    field: Field = None
    completes: bool = False
    """It is still being typed: words that begin with it are found as well."""

    place: Span = (0, 0)
    """Where it stands in the query."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order, exactly as they are."""

    forms: tuple[str, ...]
    field: Field = None
    within: int = 1
    """Each word stands at most so many words behind the one before: 1 is side by side."""

    completes: bool = False
    """The last word is still being typed."""


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so."""

    form: str
    field: Field = None


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Words of a pattern: ``*`` is any number of characters, ``?`` is one."""

    pattern: str
    field: Field = None


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words spelt nearly so."""

    form: str
    distance: int
    """1: a letter changed, added or left out, or two neighbours swapped. 2: two such letters."""

    field: Field = None


@dataclass(frozen=True, slots=True)
class Days:
    """Articles published on these days, first and last included. None leaves an end open."""

    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class Has:
    """Articles that have something: key points, a date."""

    what: str


@dataclass(frozen=True, slots=True)
class Marked:
    """Articles that bear a mark of the reader's: one of ``names.MARKS``."""

    mark: str


@dataclass(frozen=True, slots=True)
class FromFeed:
    """Articles that came from a feed that is called so: by name, or by address."""

    called: str
    begins: bool = False
    """More may follow; the last word may go on, unless there is a space behind it."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """Articles that bear a tag, or one below it, as ``News/Asia`` is below ``News``."""

    tag: str
    begins: bool = False
    """It is the beginning of one."""


@dataclass(frozen=True, slots=True)
class Boost:
    """As the child, but of another weight in the ranking."""

    child: Node
    factor: float


@dataclass(frozen=True, slots=True)
class Not:
    """All articles but those of the child."""

    child: Node


@dataclass(frozen=True, slots=True)
class And:
    """Articles that all the children find."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Articles that any of the children finds."""

    children: tuple[Node, ...]


Leaf = (
    Everything | Term | Phrase | Prefix | Wildcard | Fuzzy | Days | Has | Marked | FromFeed | Tagged
)
Node = Leaf | Boost | Not | And | Or
