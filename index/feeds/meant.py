"""Which feeds are meant by a name, an address or a tag in a query.

Names are compared word by word, and as the words of articles are: case and accents make no
difference. The words asked for stand side by side in the name. In an address, whole words are
found, and pieces as they are written, but for their case.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from index import tagging
from index.analysis import words
from index.feeds.subscribed import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from index.store import KeptFeed

SHORTEST_PIECE = 3
"""Letters of a piece of an address: nearly every address has every shorter one."""

_REMEMBERED = 1 << 15
"""Names and addresses that are kept taken apart: those of ten thousand feeds."""

_Words = tuple[tuple[str, ...], ...]
"""The words of a text in order, each with all its forms."""


def feeds_called(called: str, feeds: Iterable[KeptFeed], *, begins: bool) -> tuple[str, ...]:
    """Return the keys of the feeds whose name has these words, or whose address has this in it.

    Feeds whose name or address is just that are preferred to all others, unless it ``begins``:
    then more may follow, and its last word may go on, unless there is a space behind it. An empty
    beginning is that of all feeds.
    """
    feeds, sought = list(feeds), _Sought.of(called, begins)
    same = [] if begins else [feed.key for feed in feeds if sought.is_all_of(feed)]
    return tuple(same or [feed.key for feed in feeds if sought.is_in(feed)])


def feeds_tagged(tag: str, feeds: Iterable[KeptFeed], *, begins: bool) -> tuple[str, ...]:
    """Return the keys of the feeds that bear a tag, or one below it, as folders are in folders.

    If it ``begins``, what stands behind its last slash is only the beginning of a name.
    """
    return tuple(feed.key for feed in feeds if tagging.meant(tag, feed.tags, begins=begins))


class _Sought(NamedTuple):
    """What is sought in names and addresses."""

    plain: str
    """Without case."""

    bare: str
    """As an address without what many begin and end with."""

    forms: tuple[str, ...]
    """Of its words."""

    begins: bool
    """The last of them is the beginning of one."""

    @classmethod
    def of(cls, called: str, begins: bool) -> _Sought:
        """Take apart what somebody typed."""
        forms = tuple(own[0] for own in _words(called))
        is_open = begins and not called[-1:].isspace()
        return cls(called.strip().casefold(), _bare(called.strip()), forms, is_open)

    def is_all_of(self, feed: KeptFeed) -> bool:
        """Tell whether a feed's name or address is just that."""
        if self.bare and self.bare in (_bare(feed.key), _bare(feed.address)):
            return True
        name = name_of(feed)
        if not self.forms:
            return self.plain == name.casefold()
        return len(self.forms) == len(_words(name)) and _has(_words(name), self.forms, begins=False)

    def is_in(self, feed: KeptFeed) -> bool:
        """Tell whether a feed's name has these words, or its address has this in it."""
        name = name_of(feed)
        if self.forms:
            if _has(_words(name), self.forms, self.begins):
                return True
        elif self.plain in name.casefold():
            return True
        return self._is_in_address(feed.key) or (
            feed.address != feed.key and self._is_in_address(feed.address)
        )

    def _is_in_address(self, address: str) -> bool:
        plain = address.casefold()
        for piece in (self.plain, self.bare):
            if len(piece) >= SHORTEST_PIECE and piece in plain:
                return True
        return bool(self.forms) and _has(_words(_bare(address)), self.forms, begins=False)


def _has(name: _Words, forms: tuple[str, ...], begins: bool) -> bool:
    """Tell whether words stand side by side in a name; of the last one perhaps the beginning."""
    last = len(forms) - 1
    for start in range(len(name) - last):
        end = name[start + last]
        if forms[-1] in end or (begins and any(own.startswith(forms[-1]) for own in end)):
            before = zip(forms[:-1], name[start:], strict=False)
            if all(form in own for form, own in before):
                return True
    return False


@lru_cache(_REMEMBERED)
def _words(text: str) -> _Words:
    forms: dict[int, list[str]] = {}
    for word in words(text):
        if not word.compound:
            forms.setdefault(word.position, []).append(word.form)
    return tuple(map(tuple, forms.values()))


@lru_cache(_REMEMBERED)
def _bare(address: str) -> str:
    """Return an address without case, scheme, ``www.``, and the slash at its end."""
    plain = address.casefold()
    bare = plain.partition("://")[2] or plain
    return bare.removeprefix("www.").rstrip("/")
