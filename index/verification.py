"""Whether every article is whole, in the record and in the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.change_log import ChangeLog
from index.errors import IndexDamagedError
from index.progress import silent

if TYPE_CHECKING:
    from index.fulltext import FullText
    from index.store import Store


def faults(store: Store, fulltext: FullText) -> list[str]:
    """Read the whole record and the whole index; return a sentence for each thing that is wrong."""
    wrong = [*store.damage(), *map(str, fulltext.faults())]
    return wrong or _differences(store, fulltext)


def _differences(store: Store, fulltext: FullText) -> list[str]:
    """Compare which articles are listed and which can be found."""
    try:
        indexed = fulltext.change(ChangeLog(store, silent))
    except IndexDamagedError as error:
        return [str(error)]
    found, listed = fulltext.ids(), set(store.articles.newest_first())
    # What the index is merely behind with is no fault: the next search takes it in.
    newer = store.articles.changes(indexed, store.articles.last_change())
    behind = {change.id for change in newer}
    return [
        *(f"Article {id_} is not in the index." for id_ in sorted(listed - found - behind)),
        *(f"The index has a foreign id, {id_}." for id_ in sorted(found - listed - behind)),
    ]
