"""Whoosh's writer of an index of segments: documents in, documents out, one commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.fields import UnknownFieldError
from whoosh.writing import IndexingError, IndexWriter

from index.columnar.building import Building
from index.columnar.generation import Generation, Live, opened, write_deleted
from index.columnar.manifest import Manifest, SegmentFiles, new_name, publish, remove, sweep
from index.columnar.memory import keep_freed_memory
from index.columnar.reader import reader_of
from index.columnar.tiers import crowded, merge_segments
from index.columnar.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
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
        self,
        folder: Path,
        schema: Schema,
        generation: Generation,
        release: Callable[[], None],
        current: Manifest | None = None,
    ) -> None:
        """Begin with a generation; ``current`` is the published one, where that is another."""
        self.schema = schema
        self.folder, self._release = folder, release
        self._manifest = generation.manifest
        self._published = current or generation.manifest
        self._segments: list[Live] = list(generation.segments)
        self._before = {live.files.segment.name: live.deleted for live in generation.segments}
        self._vocabulary = Vocabulary()
        self._building = Building(schema, self._vocabulary)
        self.is_closed = False
        keep_freed_memory(31 << 20)
        # What a writer left behind that was killed.
        sweep(folder, self._published)

    @property
    def generation(self) -> int:
        """The number of the generation in the making."""
        return self._manifest.generation + 1

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
        return count + sum(
            self._delete_term(place, fieldname, term) for place in range(len(self._segments))
        )

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
            self.publish()
        finally:
            self._close()

    def publish(self, record: str | None = None, change: int | None = None) -> None:
        """Let everybody see what was added and deleted so far, and go on writing.

        ``record``, ``change``: what the index now holds of which record; None for as before.
        """
        self._check()
        self._flush()
        before = self._manifest
        manifest = Manifest(
            schema_version=before.schema_version,
            generation=self.generation,
            segments=tuple(self._written(live) for live in self._segments),
            record=before.record if record is None else record,
            change=before.change if change is None else change,
        )
        publish(self.folder, manifest)
        # Not all that nobody names: others may be writing segments that are to be adopted.
        remove(self.folder, self._published.names - manifest.names)
        self._manifest = self._published = manifest
        self._segments = [
            live._replace(files=files)
            for live, files in zip(self._segments, manifest.segments, strict=True)
        ]
        self._before = {live.files.segment.name: live.deleted for live in self._segments}

    def cancel(self, **_: Any) -> None:
        """Forget everything that was added and deleted since the last publication."""
        self._check()
        self._close()

    # --- segments that others write -----------------------------------------------------------

    def adopt(self, path: Path, *, replacing: str | None = None) -> None:
        """Add a segment that was written into the folder, under a :func:`new_name`.

        ``replacing``: a unique field, by which its documents replace those that are here.
        """
        self._check()
        adopted = opened(path)
        field = adopted.segment.field(replacing) if replacing else None
        if replacing and field is not None:
            fresh = set(field.terms)
            for place, live in enumerate(self._segments):
                known = live.segment.field(replacing)
                for term in fresh.intersection(known.terms) if known else ():
                    self._delete_term(place, replacing, term)
        self._segments.append(adopted)

    def crowded(self) -> list[list[SegmentFiles]]:
        """Return published segments of which each group should be one; none where all is well."""
        groups: list[list[SegmentFiles]] = []
        rest = list(self._segments)
        while places := crowded(rest, everything=False):
            groups.append([rest[place].files for place in places])
            rest = [live for place, live in enumerate(rest) if place not in places]
        return groups

    def merge(self, parts: Sequence[SegmentFiles]) -> None:
        """Write published segments as one, and put it in their place."""
        path = self._new_path("segment")
        lives = [live for live in self._segments if live.files in parts]
        self.replace(parts, path if merge_segments(path, self.schema, lives) else None)

    def replace(self, parts: Sequence[SegmentFiles], path: Path | None) -> None:
        """Put a segment that holds all of others in their place; None where nothing is left."""
        places = [n for n, live in enumerate(self._segments) if live.files in parts]
        if len(places) != len(parts):
            raise ValueError("These segments are not all here as they were.")
        for place in reversed(places):
            del self._segments[place]
        if path is not None:
            self._segments.insert(places[0], opened(path))

    # --- within -------------------------------------------------------------------------------

    def _new_path(self, kind: str) -> Path:
        return self.folder / new_name(self.generation, kind)

    def _check(self) -> None:
        if self.is_closed:
            raise IndexingError("This writer is closed")

    def _close(self) -> None:
        self.is_closed = True
        try:
            sweep(self.folder, self._published)
        finally:
            self._release()

    def _delete_term(self, place: int, fieldname: str, term: bytes) -> int:
        """Delete the documents of a segment that have a term."""
        segment = self._segments[place].segment
        field = segment.field(fieldname)
        number = None if field is None else field.terms.find(term)
        if field is None or number is None:
            return 0
        mask = np.zeros(segment.size, np.bool_)
        mask[field.postings.documents(number)] = True
        return self._delete(place, mask)

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
            self._segments.append(opened(path))
        if self._vocabulary.is_large:
            self._vocabulary = Vocabulary()
        self._building = Building(self.schema, self._vocabulary)

    def _merge(self, everything: bool) -> None:
        """Merge until no tier is crowded."""
        while group := crowded(self._segments, everything):
            path = self._new_path("segment")
            parts = [self._segments[place] for place in group]
            size = merge_segments(path, self.schema, parts)
            for place in reversed(group):
                del self._segments[place]
            if size:
                self._segments.insert(group[0], opened(path))

    def _written(self, live: Live) -> SegmentFiles:
        """Return what the manifest says of a segment, with its deletions on disk."""
        if live.deleted is self._before.get(live.files.segment.name):
            return live.files
        count = 0 if live.deleted is None else int(live.deleted.sum())
        deleted = None
        if live.deleted is not None and count:
            deleted = write_deleted(self._new_path("deleted"), live.deleted)
        return live.files.model_copy(update={"deleted": deleted, "deletions": count})
