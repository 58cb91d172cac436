"""What a query needs to know of articles that the record knows and the index does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from index.results import Since

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from index.results import Scope


class Recorded(Protocol):
    """Tells the ids of articles by what is known of them beside their text.

    The marks are under the names of ``tree.Marked.mark``. Each set is the same object as before,
    while nothing about it changed: whoever derives something from it may keep that.
    """

    @property
    def read(self) -> frozenset[str]:
        """What was read."""

    @property
    def starred(self) -> frozenset[str]:
        """What was starred."""

    def by_tag(self) -> Mapping[str, Collection[str]]:
        """Return what bears each tag there is, or one below it."""

    @property
    def feed_names(self) -> Collection[str]:
        """What feeds are called, each name once."""

    @property
    def highlighted(self) -> frozenset[str]:
        """What has a passage that was highlighted."""

    @property
    def noted(self) -> frozenset[str]:
        """What has a note on a passage."""

    def arrived_after(self, change: int) -> frozenset[str]:
        """Return what came for the first time after a change of the record."""

    def of_feed(self, called: str, *, begins: bool) -> frozenset[str]:
        """Return what came from feeds that are called so; as ``tree.FromFeed`` has it."""

    def tagged(self, tag: str, *, begins: bool) -> frozenset[str]:
        """Return what bears a tag, or one below it; as ``tree.Tagged`` has it."""


class MarkedIds(NamedTuple):
    """Marks that are known beforehand, and no feeds."""

    read: frozenset[str] = frozenset()
    starred: frozenset[str] = frozenset()
    highlighted: frozenset[str] = frozenset()
    noted: frozenset[str] = frozenset()

    def by_tag(self) -> Mapping[str, Collection[str]]:
        """Return no tags."""
        return {}

    @property
    def feed_names(self) -> Collection[str]:
        """No names."""
        return ()

    def arrived_after(self, change: int) -> frozenset[str]:  # noqa: ARG002
        """Return nothing."""
        return frozenset()

    def of_feed(self, called: str, *, begins: bool) -> frozenset[str]:  # noqa: ARG002
        """Return nothing."""
        return frozenset()

    def tagged(self, tag: str, *, begins: bool) -> frozenset[str]:  # noqa: ARG002
        """Return nothing."""
        return frozenset()


def ids_within(scope: Scope, recorded: Recorded) -> frozenset[str]:
    """Return the ids that a scope is about: what is in it, or of ``unread`` what is not."""
    if isinstance(scope, Since):
        arrived = recorded.arrived_after(scope.change)
        match scope.within:
            case "starred":
                return arrived & recorded.starred
            case "unread":
                return arrived - recorded.read
        return arrived
    return recorded.starred if scope == "starred" else recorded.read


NOTHING_RECORDED = MarkedIds()
