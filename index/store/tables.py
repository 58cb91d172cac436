"""The tables of the record, format by format: a file of an older one is brought up to the last."""

from __future__ import annotations

_FIRST = """
CREATE TABLE record (
    identity TEXT NOT NULL                -- tells this record from all others
);
INSERT INTO record VALUES (lower(hex(randomblob(16))));
CREATE TABLE articles (
    id        TEXT PRIMARY KEY,
    origin    TEXT NOT NULL UNIQUE,
    raw       BLOB NOT NULL,              -- the bytes as they came, deflated
    digest    BLOB NOT NULL,              -- of the bytes as they came
    stamp     TEXT,                       -- of the file they were in: its size and time
    parsed    TEXT NOT NULL,              -- the article as JSON
    seal      BLOB NOT NULL,              -- of all that was written, to know it again by
    published REAL,                       -- seconds since the epoch, NULL where undated
    present   INTEGER NOT NULL DEFAULT 1, -- 0: its file is gone; kept, but not listed
    change    INTEGER NOT NULL UNIQUE     -- the number of the change that wrote it last
);
CREATE INDEX articles_newest_first ON articles (published DESC, id) WHERE present;
CREATE TABLE marks (
    id      TEXT PRIMARY KEY,
    read    INTEGER NOT NULL DEFAULT 0,
    starred INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE mark_changes (               -- what undo takes back, newest step first
    step   INTEGER NOT NULL,
    id     TEXT NOT NULL,
    mark   TEXT NOT NULL,
    before INTEGER NOT NULL,
    PRIMARY KEY (step, id)
);
"""

_COPIES = """
CREATE TABLE copies (                     -- the other forms in which an article came: not shown
    origin  TEXT PRIMARY KEY,
    id      TEXT NOT NULL,                -- of the article
    raw     BLOB NOT NULL,                -- the bytes as they came, deflated
    digest  BLOB NOT NULL,                -- of the bytes as they came
    stamp   TEXT,                         -- of the file they were in: its size and time
    alike   TEXT NOT NULL,                -- in what: "url", "text", "similar text"
    present INTEGER NOT NULL DEFAULT 1    -- 0: its file is gone
);
CREATE INDEX copies_of_article ON copies (id);
CREATE TABLE earlier (                    -- what came from an origin before it changed
    origin   TEXT NOT NULL,
    digest   BLOB NOT NULL,
    id       TEXT NOT NULL,
    raw      BLOB NOT NULL,               -- deflated
    replaced REAL NOT NULL,               -- when: seconds since the epoch
    PRIMARY KEY (origin, digest)
);
CREATE INDEX earlier_of_article ON earlier (id);
CREATE TABLE traits (                     -- what an article is known again by; can be made anew
    trait BLOB NOT NULL,                  -- a digest of its address, its text, a part of its words
    id    TEXT NOT NULL,
    PRIMARY KEY (trait, id)
) WITHOUT ROWID;
CREATE TABLE traits_known (               -- one row: up to which change all traits are there
    change  INTEGER NOT NULL,
    version INTEGER NOT NULL              -- of the traits
);
INSERT INTO traits_known VALUES (0, 0);
"""

FORMATS = (_FIRST, _COPIES)
"""Statements that make each format out of the one before; an empty file is format 0."""
