"""The columnar engine: Whoosh's own interfaces over memory-mapped columns, evaluated as arrays.

What a segment holds, from the bottom up::

    arrayfile   named arrays in one immutable file            narrow    few bits, rare exceptions
    terms       the sorted dictionary of a field              postings  who has a term, and where
    columns     one value a document: dates, ids, lengths     stored    what a document gives back
    segment     all of these for up to 65,536 documents

Nothing here is imported before somebody searches: NumPy alone takes a tenth of a second.
"""
