"""Everything that can go wrong, as one tree. Each message is a sentence fit for the reader's eyes.

::

    BroadsheetError
    ├── UnreadableError        an input that cannot become an article: names the path and why
    ├── QueryError             a query that cannot be understood: says what is wrong, and where
    ├── UnknownArticleError    no article, or more than one, has an id that begins so
    ├── FeedError              a feed or a page that cannot be had: names its address and why
    │   └── SeveralFeedsError  a web page that leads to several feeds, to choose from
    ├── UnknownFeedError       no feed, or more than one, is called so
    ├── SavedSearchError       no saved search is called so, or none can be
    ├── StoppedError           something long was stopped half-way, as asked
    └── LibraryError           the library cannot be opened or written
        ├── LibraryBusyError   another process keeps it locked for longer than is reasonable
        └── IndexDamagedError  the full-text index cannot be read; it can always be rebuilt
            └── IndexDoubtedError  or so it seems: nobody has read all of it yet
"""

from __future__ import annotations

import errno


class BroadsheetError(Exception):
    """The root: whatever is raised on purpose is one of these."""


class UnreadableError(BroadsheetError):
    """An input that cannot become an article."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class QueryError(BroadsheetError):
    """A query that cannot be understood.

    ``start`` and ``end`` are character offsets into the query: the part that is at fault.
    """

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end


class UnknownArticleError(BroadsheetError):
    """No article, or more than one, has an id that begins as asked."""


class FeedError(BroadsheetError):
    """A feed, or the page of an article, that cannot be fetched or is none."""

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"{address}: {reason}")
        self.address = address
        """Without a login."""

        self.reason = reason


class SeveralFeedsError(FeedError):
    """A web page that leads to several feeds."""

    def __init__(self, address: str, feeds: tuple[str, ...]) -> None:
        super().__init__(address, "this page leads to several feeds; subscribe to one of them")
        self.feeds = feeds
        """Their addresses."""


class UnknownFeedError(BroadsheetError):
    """No feed, or more than one, is called as asked."""


class SavedSearchError(BroadsheetError):
    """No saved search is called as asked, or none can be called so."""


class StoppedError(BroadsheetError):
    """Something long was stopped half-way: raised by the listener that is told of its progress."""


class LibraryError(BroadsheetError):
    """The library cannot be opened or written."""


class LibraryBusyError(LibraryError):
    """Another process keeps the library locked for longer than is reasonable."""


class IndexDamagedError(LibraryError):
    """The full-text index cannot be read. Nothing is lost: it is rebuilt from the record."""


class IndexDoubtedError(IndexDamagedError):
    """Searching failed, because the index is damaged or there is a fault of ours: not known yet."""


def ran_short(error: BaseException) -> bool:
    """Tell whether the system had too little of something: no file is at fault."""
    return isinstance(error, OSError) and error.errno in _SHORT


_SHORT = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM})
