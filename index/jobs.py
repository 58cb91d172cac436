"""What a process that writes segments is told, and what it answers: a line of JSON each."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from index.article import Frozen
from index.columnar.manifest import SegmentFiles


class Build(Frozen):
    """Write the articles of a stretch of the record's changes into segments."""

    kind: Literal["build"] = "build"
    after: int
    up_to: int
    generation: int
    """Of which generation the new files are."""


class Merge(Frozen):
    """Write segments as one, without what is deleted of them."""

    kind: Literal["merge"] = "merge"
    parts: tuple[SegmentFiles, ...]
    generation: int


class Written(Frozen):
    """A job is done."""

    kind: Literal["written"] = "written"
    files: tuple[str, ...]
    """The names of the new segments."""

    withdrawn: tuple[str, ...] = ()
    """Ids of articles that are not listed any more."""


class Advanced(Frozen):
    """So many more articles are in memory."""

    kind: Literal["advanced"] = "advanced"
    articles: int


class Failed(Frozen):
    """A job can't be done."""

    kind: Literal["failed"] = "failed"
    reason: str
    errno: int | None = None
    """What the system said, where it was the system."""

    damaged: bool = False
    """A segment that was to be read is damaged."""


Job = Build | Merge
Reply = Written | Advanced | Failed

JOB: TypeAdapter[Job] = TypeAdapter(Annotated[Job, Field(discriminator="kind")])
REPLY: TypeAdapter[Reply] = TypeAdapter(Annotated[Reply, Field(discriminator="kind")])
