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

_FEEDS = """
CREATE TABLE feeds (
    key           TEXT PRIMARY KEY,           -- the address as subscribed: origins begin so
    address       TEXT NOT NULL,              -- where it is now
    login         TEXT,                       -- user:password, for the host of the address alone
    title         TEXT NOT NULL DEFAULT '',   -- what the feed calls itself
    name          TEXT,                       -- what the user calls it
    home          TEXT,                       -- the address of its site
    tags          TEXT NOT NULL DEFAULT '[]', -- as JSON
    always_full   INTEGER NOT NULL DEFAULT 0, -- the page of each new article is fetched, too
    typed         INTEGER NOT NULL DEFAULT 0, -- 1: by the user himself; 0: it came in a list
    private       INTEGER NOT NULL DEFAULT 0, -- 1: its own address is on a private network
    etag          TEXT,                       -- with which the server knows what it sent last
    last_modified TEXT,                       -- the same, for older servers
    digest        BLOB,                       -- of the bytes that came last
    ttl_minutes   INTEGER,                    -- how long the feed asks to be left alone
    checked       REAL,                       -- fetched last, well or not: seconds since the epoch
    not_before    REAL,                       -- until when the server wants to be left alone
    due           REAL NOT NULL DEFAULT 0,    -- when the automatic sync fetches it again
    error         TEXT,                       -- what went wrong last
    failures      INTEGER NOT NULL DEFAULT 0, -- in a row
    failing_since REAL,                       -- when the first of them was
    gone          INTEGER NOT NULL DEFAULT 0  -- 1: the server said that it is gone for good
);
CREATE TABLE feed_articles (
    key TEXT NOT NULL,
    id  TEXT NOT NULL,
    PRIMARY KEY (key, id)
) WITHOUT ROWID;
CREATE INDEX feeds_of_article ON feed_articles (id);
"""

_MARKS = """
CREATE TABLE steps (                      -- what undo takes back, the newest first
    step    INTEGER PRIMARY KEY,
    changed TEXT NOT NULL,                -- "read", "tags", "note"…: see index/store/steps.py
    ids     TEXT NOT NULL,                -- of the articles, one a line
    before  TEXT NOT NULL                 -- how it was, as JSON
);
INSERT INTO steps
    SELECT step, mark, group_concat(id, char(10)), iif(before, 'true', 'false')
    FROM mark_changes GROUP BY step;
DROP TABLE mark_changes;
CREATE TABLE tags (                       -- that the reader gave
    id  TEXT NOT NULL,                    -- of the article
    tag TEXT NOT NULL,
    PRIMARY KEY (id, tag)
) WITHOUT ROWID;
CREATE INDEX articles_of_tag ON tags (tag, id);
CREATE TABLE highlights (                 -- passages that the reader marked
    key    INTEGER PRIMARY KEY AUTOINCREMENT,
    id     TEXT NOT NULL,                 -- of the article
    start  INTEGER NOT NULL,              -- where in its whole text, when it was made
    end_   INTEGER NOT NULL,
    quote  TEXT NOT NULL,                 -- by these three it is found again
    before TEXT NOT NULL,
    behind TEXT NOT NULL,
    note   TEXT NOT NULL,                 -- empty: none
    made   REAL NOT NULL                  -- when: seconds since the epoch
);
CREATE INDEX highlights_of_article ON highlights (id);
"""

_SEARCHES = """
CREATE TABLE queries (                    -- that the user went into: so many, the latest ones
    query  TEXT PRIMARY KEY,
    sort   TEXT,                          -- as chosen for it, NULL: as usual
    number INTEGER NOT NULL               -- the later, the higher
) WITHOUT ROWID;
CREATE TABLE searches (                   -- that the user saved
    name   TEXT PRIMARY KEY,
    key    TEXT,                          -- that opens it
    query  TEXT NOT NULL,
    sort   TEXT NOT NULL,
    scope  TEXT NOT NULL,
    looked INTEGER NOT NULL               -- what arrived up to this change was there then
) WITHOUT ROWID;
CREATE TABLE arrivals (                   -- when an article came for the first time
    id     TEXT PRIMARY KEY,
    change INTEGER NOT NULL               -- 0: before this was noted
) WITHOUT ROWID;
CREATE INDEX arrivals_in_order ON arrivals (change);
INSERT INTO arrivals SELECT id, 0 FROM articles;
"""

_POSITIONS = """
CREATE TABLE positions (                  -- where the reader was in an article
    id      TEXT PRIMARY KEY,             -- of the article
    passage INTEGER NOT NULL,
    offset  INTEGER NOT NULL,             -- characters into the passage
    part    REAL NOT NULL                 -- how much had been in view, from 0 to 1
);
"""

FORMATS = (_FIRST, _COPIES, _FEEDS, _MARKS, _SEARCHES, _POSITIONS)
"""Statements that make each format out of the one before; an empty file is format 0."""
