"""Everything in the library, newest first: from the record, as the first screen needs no index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.query.recorded import ids_within
from index.results import Ranking

if TYPE_CHECKING:
    from index.query.recorded import Recorded
    from index.results import Scope
    from index.store import Store


def everything(store: Store, scope: Scope, recorded: Recorded) -> Ranking:
    """List the articles of a scope."""
    listed = within = store.articles.newest_first()
    if scope != "all":
        ids = ids_within(scope, recorded)
        within = tuple(id_ for id_ in listed if (id_ in ids) is (scope != "unread"))
    return Ranking(len(within), within, (0.0,) * len(within), len(listed) - len(within))
