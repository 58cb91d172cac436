"""How feeds and what came of their syncs are put into words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from index.cleaning import mask
from reader.wording import count, date, joined

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from index.feeds import OpmlReport, Subscribed, Synced, SyncReport

_INDENT = "    "


def subscribed_line(feed: Subscribed, *, is_new: bool) -> str:
    """Say what came of subscribing to a feed."""
    said = "Subscribed to" if is_new else "Already subscribed to"
    what = feed.error or count(feed.articles, "article")
    return mask(f"{said} {feed.name}: {what}.")


def unsubscribed_line(feed: Subscribed) -> str:
    """Say what becomes of a feed's articles."""
    stay = {0: "It had no articles", 1: "Its article stays"}
    stays = stay.get(feed.articles, f"Its {feed.articles:,} articles stay")
    return mask(f"Unsubscribed from {feed.name}. {stays}.")


def opml_line(report: OpmlReport) -> str:
    """Say what came of subscribing to a list."""
    known = f", {report.known:,} already known" if report.known else ""
    return f"Subscribed to {count(len(report.subscribed), 'feed')}{known}."


def feed_lines(feed: Subscribed) -> Iterator[str]:
    """Show a feed: what it is called, where it is, what came of it."""
    yield mask(feed.name)
    yield mask(f"{_INDENT}{feed.address}")
    synced = f"synced {_moment(feed.checked)}" if feed.checked else "not synced yet"
    full = "whole pages" if feed.always_full else None
    unread = f"{feed.unread:,} of {count(feed.articles, 'article')} unread"
    yield mask(_INDENT + joined([unread, synced, full, *(f"#{tag}" for tag in feed.tags)]))
    if feed.error:
        yield mask(f"{_INDENT}{trouble(feed)}")


def trouble(feed: Subscribed) -> str:
    """Say what goes wrong with a feed, and for how long it has; nothing where nothing does."""
    if not feed.error:
        return ""
    gone = "gone for good: " if feed.is_gone else ""
    often = f", {feed.failures:,} times in a row" if feed.failures > 1 else ""
    since = f" since {_moment(feed.failing_since)}" if often and feed.failing_since else ""
    return f"{gone}{feed.error}{often}{since}"


def place(feed: Subscribed) -> str:
    """Say where a feed is, without what most addresses begin with."""
    scheme, _, rest = feed.address.partition("://")
    return (rest or scheme).removeprefix("www.")


def feeds_state(shown: Sequence[Subscribed], total: int, number: int) -> tuple[str, ...]:
    """Say which feeds are shown: ``3 of 12 feeds``, ``40 unread``, ``2 failing``."""
    unread = sum(feed.unread for feed in shown)
    failing = sum(feed.error is not None for feed in shown)
    hidden = f" ({total - len(shown):,} hidden)" if total > len(shown) else ""
    return (
        f"{number:,} of {count(len(shown), 'feed')}{hidden}" if shown else f"no feeds{hidden}",
        *([f"{unread:,} unread"] if unread else []),
        *([f"{failing:,} failing"] if failing else []),
    )


def sync_line(report: SyncReport) -> str:
    """Say what came of a sync."""
    parts = (
        (report.added, "added"),
        (report.updated, "updated"),
        (report.unchanged, "unchanged"),
    )
    came = ", ".join(f"{number:,} {what}" for number, what in parts if number) or "nothing new"
    notes = [
        count(len(report.feeds), "feed"),
        came,
        f"{count(report.pages, 'page')} fetched" if report.pages else None,
        f"{len(report.failed):,} failed" if report.failed else None,
        f"{report.skipped:,} not asked" if report.skipped else None,
        "stopped: what came is kept" if report.was_stopped else None,
    ]
    return joined(notes)


def sync_problems(report: SyncReport) -> Iterator[str]:
    """Say what went wrong in a sync, and what changed about feeds."""
    for feed in report.feeds:
        if feed.error:
            gone = " It is not asked again, unless by name." if feed.is_gone else ""
            yield f"{_called(feed)}: {feed.error}.{gone}"
        if feed.moved_to:
            yield f"{_called(feed)}: it moved to {feed.moved_to}"
        yield from feed.problems
    yield from report.problems


def sync_json(report: SyncReport) -> dict[str, Any]:
    """Return a sync as ``sync --json`` prints it."""
    counts = {"added": report.added, "updated": report.updated, "unchanged": report.unchanged}
    return {**counts, **report.model_dump(mode="json")}


def _called(feed: Synced) -> str:
    return feed.name if feed.name == feed.key else f"{feed.name} ({feed.key})"


def _moment(moment: dt.datetime) -> str:
    """Say when something was, by the clock on the wall."""
    return date(moment.astimezone())


def articles_query(feed: Subscribed, feeds: Sequence[Subscribed]) -> str:
    """Return the query that finds the articles of a feed, by its name if no other has that."""
    is_alone = sum(one.name.casefold() == feed.name.casefold() for one in feeds) == 1
    called = feed.name if is_alone and '"' not in feed.name else feed.key
    return f'feed:"{called}"'
