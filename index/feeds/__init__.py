"""Feeds: subscribed to, fetched, and their articles taken into the record."""
