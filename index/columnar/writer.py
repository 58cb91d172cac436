"""Whoosh's writer of an index of segments: documents in, documents out, one commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.fields import UnknownFieldError
from whoosh.writing import IndexingError, IndexWriter

from index.columnar.building import Building
from index.columnar.generation import Generation, Live, file_of, write_deleted
from index.columnar.manifest import Manifest, SegmentFiles, publish, sweep
from index.columnar.memory import keep_freed_memory
from index.columnar.reader import reader_of
from index.columnar.segment import Segment
from index.columnar.tiers import crowded, merge_segments
from index.columnar.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from whoosh.fields import Schema
    from whoosh.reading import IndexReader

    from index.columnar.arrays import Mask


class SegmentsWriter(IndexWriter):
    """Adds and deletes documents; nothing of it is seen by anybody before the commit.

    Unlike Whoosh's own writer, ``update_document`` and ``delete_by_term`` in a unique field also
    replace what this same writer has added. ``release`` is called once at the end.
    """

    def __init__(
        self, folder: Path, schema: Schema, generation: Generation, release: Callable[[], None]
    ) -> None:
        self.schema = schema
        self._folder, self._release = folder, release
        self._manifest = generation.manifest
        self._segments: list[Live] = list(generation.segments)
        self._before = {live.files.segment.name: live.deleted for live in generation.segments}
        self._vocabulary = Vocabulary()
        self._building = Building(schema, self._vocabulary)
        self._files = 0
        self.is_closed = False
        keep_freed_memory(31 << 20)
        # What a writer left behind that was killed.
        sweep(folder, self._manifest)

    def add_document(self, **fields: Any) -> None:
        """Add a document. Raises ValueError or TypeError for a value that its field can't take."""
        self._check()
        for name in fields:
            if not name.startswith("_") and name not in self.schema:
                raise UnknownFieldError(f"No field named {name!r} in {self.schema}")
        self._building.add(fields)
        if self._building.is_full:
            self._flush()

    def update_document(self, **fields: Any) -> None:
        """Add a document in place of those with the same value in a unique field."""
        for name, field in self.schema.items():
            if field.unique and fields.get(name) is not None:
                self.delete_by_term(name, fields[name])
        self.add_document(**fields)

    def delete_by_term(self, fieldname: str, text: Any, searcher: Any = None) -> int:
        """Delete the documents with a term, and return how many there were."""
        self._check()
        if searcher is not None or fieldname not in self.schema:
            return super().delete_by_term(fieldname, text, searcher)
        term = self.schema[fieldname].to_bytes(text)
        count = self._building.remove(fieldname, term)
        for place, live in enumerate(self._segments):
            field = live.segment.field(fieldname)
            number = None if field is None else field.terms.find(term)
            if field is not None and number is not None:
                mask = np.zeros(live.segment.size, np.bool_)
                mask[field.postings.documents(number)] = True
                count += self._delete(place, mask)
        return count

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Delete a document by its number in :meth:`reader`, or take it back."""
        self._check()
        base = 0
        for place, live in enumerate(self._segments):
            if docnum < base + live.segment.size:
                mask = np.zeros(live.segment.size, np.bool_)
                mask[docnum - base] = True
                if delete:
                    self._delete(place, mask)
                elif live.deleted is not None:
                    self._segments[place] = live._replace(deleted=live.deleted & ~mask)
                return
            base += live.segment.size
        raise IndexingError(f"No document ID {docnum!r} in this index")

    def reader(self, **_: Any) -> IndexReader:
        """Return a reader of all documents but those added since the last flush of a segment."""
        self._check()
        pairs = [(live.segment, live.deleted) for live in self._segments]
        return reader_of(pairs, self.schema, self._manifest.generation)

    def add_reader(self, reader: IndexReader) -> None:
        """Refuse: what another reader has stored is not all that was indexed."""
        raise NotImplementedError("Documents can't be taken over from another index.")

    def commit(self, merge: bool = True, optimize: bool = False, **_: Any) -> None:
        """Publish the next generation. ``optimize``: into as few segments as can be."""
        self._check()
        try:
            self._flush()
            if merge or optimize:
                self._merge(optimize)
            manifest = Manifest(
                schema_version=self._manifest.schema_version,
                generation=self._manifest.generation + 1,
                segments=tuple(self._written(live) for live in self._segments),
            )
            publish(self._folder, manifest)
            sweep(self._folder, manifest)
        finally:
            self._close()

    def cancel(self, **_: Any) -> None:
        """Forget everything that was added and deleted."""
        self._check()
        try:
            sweep(self._folder, self._manifest)
        finally:
            self._close()

    # --- within -------------------------------------------------------------------------------

    def _check(self) -> None:
        if self.is_closed:
            raise IndexingError("This writer is closed")

    def _close(self) -> None:
        self.is_closed = True
        self._release()

    def _new_path(self, kind: str) -> Path:
        """Return the path of a file whose name was never used."""
        self._files += 1
        return self._folder / f"g{self._manifest.generation + 1:08x}n{self._files:04x}.{kind}"

    def _delete(self, place: int, mask: Mask) -> int:
        live = self._segments[place]
        deleted = mask if live.deleted is None else live.deleted | mask
        self._segments[place] = live._replace(deleted=deleted)
        before = 0 if live.deleted is None else int(live.deleted.sum())
        return int(deleted.sum()) - before

    def _flush(self) -> None:
        """Write the segment in the making, if there is anything in it."""
        if len(self._building):
            path = self._new_path("segment")
            self._building.write(path)
            self._segments.append(_opened(path))
        if self._vocabulary.is_large:
            self._vocabulary = Vocabulary()
        self._building = Building(self.schema, self._vocabulary)

    def _merge(self, everything: bool) -> None:
        """Leave out the segments that are all deleted, and merge until no tier is crowded."""
        self._segments = [live for live in self._segments if _has_any(live)]
        while group := crowded(self._segments, everything):
            path = self._new_path("segment")
            parts = [self._segments[place] for place in group]
            size = merge_segments(path, self.schema, parts)
            for place in reversed(group):
                del self._segments[place]
            if size:
                self._segments.insert(group[0], _opened(path))

    def _written(self, live: Live) -> SegmentFiles:
        """Return what the manifest says of a segment, with its deletions on disk."""
        if live.deleted is self._before.get(live.files.segment.name):
            return live.files
        count = 0 if live.deleted is None else int(live.deleted.sum())
        deleted = None
        if live.deleted is not None and count:
            deleted = write_deleted(self._new_path("deleted"), live.deleted)
        return live.files.model_copy(update={"deleted": deleted, "deletions": count})


def _opened(path: Path) -> Live:
    segment = Segment(path)
    return Live(SegmentFiles(segment=file_of(path), documents=segment.size), segment, None)


def _has_any(live: Live) -> bool:
    return live.deleted is None or not live.deleted.all()
