"""Feeds: subscribed to, fetched, and their articles taken into the record.

An address is understood in :mod:`addresses`, its feed found in :mod:`discovery`; :mod:`rounds`
fetch several at a time by way of :mod:`fetching` and :mod:`connections`, which refuse what
:mod:`trust` says; :mod:`synchronising` takes in what comes. :mod:`visits` do so once, with whatever
is at an address that somebody typed.
"""

from index.feeds.subscribed import OpmlReport, Subscribed, Synced, SyncReport
from index.feeds.subscriptions import Feeds

__all__ = ["Feeds", "OpmlReport", "Subscribed", "SyncReport", "Synced"]
