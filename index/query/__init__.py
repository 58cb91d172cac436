"""The query language: what the reader types, as a tree, and as a Whoosh query."""
