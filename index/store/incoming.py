"""What comes into the record, worked out without it, and what can come of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

# Whoever imports this reads or compares articles: the parsers and NumPy are needed.
from index.alike import Trait, traits
from index.article import Article
from index.intake import parse
from index.store.rows import digest_of, in_seconds, packed

if TYPE_CHECKING:
    from typing import Self

    from index.intake.document import Document

Outcome = Literal["added", "updated", "unchanged", "known", "clashing"]
"""What came of an article. ``known``: it is a copy of one that is there, which is shown as before.
``clashing``: nothing, its id is that of another origin."""


class Incoming(NamedTuple):
    """An article on its way into the record, as its row will have it."""

    id: str
    origin: str
    raw: bytes
    """The bytes it was parsed from, deflated."""

    digest: bytes
    stamp: str | None
    """Tells whether a file was touched since it was read; None for what is no file."""

    parsed: str
    """The article, as JSON."""

    published: float | None
    """Seconds since the epoch."""

    traits: tuple[Trait, ...]
    form_of: str | None = None
    """The id of an article of which this is certain to be another form."""

    @property
    def article(self) -> Article:
        """The article, read anew each time: of most that come, nobody asks for it."""
        return Article.model_validate_json(self.parsed)

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes."""
        return len(self.raw) + len(self.parsed)

    def saying(self, article: Article) -> Self:
        """Return it with another reading of its bytes, or under another id."""
        published = in_seconds(article.published)
        return self._replace(id=article.id, parsed=article.model_dump_json(), published=published)


def prepare(article: Article, raw: bytes, stamp: str | None = None) -> Incoming:
    """Work out all that needs no look at the record."""
    return prepare_packed(article, packed(raw), digest_of(raw), stamp)


def prepare_packed(article: Article, raw: bytes, digest: bytes, stamp: str | None) -> Incoming:
    """Do the same for bytes that are deflated already."""
    return Incoming(
        id=article.id,
        origin=article.origin,
        raw=raw,
        digest=digest,
        stamp=stamp,
        parsed=article.model_dump_json(),
        published=in_seconds(article.published),
        traits=traits(article),
    )


def read(document: Document) -> Incoming:
    """Parse a document, and prepare it. Raises UnreadableError when no article is in it."""
    incoming = prepare(parse(document.raw, document.origin), document.raw, document.stamp)
    return incoming._replace(form_of=document.form_of)
