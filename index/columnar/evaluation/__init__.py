"""The fast path: Whoosh query trees evaluated with whole arrays, a segment at a time.

``search`` asks every segment and puts the answers together; ``tree`` knows the classes of queries
and hands the rest to Whoosh's own matchers; ``terms`` and ``phrases`` are the leaves; ``found`` is
what a part of a query found, and how such are combined.
"""
