"""Addresses that somebody typed: visited side by side, and what is there taken into the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.cleaning import clean
from index.errors import FeedError, UnreadableError
from index.feeds.addresses import web_address
from index.feeds.asking import Asked, Failed, Limits
from index.feeds.pages import documents_at, is_feed_at
from index.feeds.rounds import Rounds
from index.progress import Progress, silent
from index.taking import Report, take

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from index.feeds.addresses import Address
    from index.feeds.asking import Answer
    from index.intake.document import Document
    from index.progress import Listener
    from index.store import Store
    from index.taking import Told


def visit(
    store: Store,
    typed: Iterable[str],
    progress: Listener,
    told: Told | None = None,
    limits: Limits | None = None,
) -> Report:
    """Take in what is at some addresses, each as soon as it came: then it is safe.

    What can't be had is a problem of the report, and the rest goes on. ``progress`` is told several
    times a second, and what it raises ends everything at once; ``told`` hears what came of each.
    """
    places, refused = _understood(typed)
    report = take(store, refused, silent, told)
    with Rounds(limits or Limits()) as rounds:
        rounds.ask(Asked(url, url, login, typed=True, kind="page") for url, login in places)
        done, total = len(refused), len(places) + len(refused)
        for answer in rounds.answers():
            if answer is not None:
                report += take(store, _found_in(answer), silent, told)
                report += Report(feeds=_new_feeds(store, answer))
                done += 1
            progress(Progress("fetching", done, total))
    return report


def _understood(typed: Iterable[str]) -> tuple[list[Address], list[UnreadableError]]:
    """Return the places that are meant, each once, and what is none."""
    places: dict[str, Address] = {}
    refused = []
    for text in typed:
        try:
            place = web_address(text)
        except FeedError as error:
            refused.append(UnreadableError(clean(error.address), error.reason))
        else:
            places.setdefault(place.url, place)
    return list(places.values()), refused


def _found_in(answer: Answer) -> Iterator[Document | UnreadableError]:
    if isinstance(answer, Failed):
        yield UnreadableError(answer.asked.address, clean(answer.reason))
    else:
        yield from documents_at(answer)


def _new_feeds(store: Store, answer: Answer) -> tuple[str, ...]:
    """Return the address of a feed that came, unless it is subscribed to."""
    if isinstance(answer, Failed) or not is_feed_at(answer):
        return ()
    address = answer.asked.address
    return () if address in store.feeds.places() else (address,)
