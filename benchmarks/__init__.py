"""Broadsheet beside its peers: the same articles, the same queries, one table.

It is no part of what is installed; ``make bench`` runs it. See ``docs/benchmarks.md``.
"""
