"""A process that makes documents ready for the record, for one that holds it; see `index.parsing`.

``python -m index.parse_process SECONDS`` reads a stretch of documents a line, and answers on
standard output. It ends with its input, whatever it is at: whoever started it is gone, or wants no
more. And it ends when a stretch takes it so many seconds.
"""

from __future__ import annotations

import faulthandler
import sys
from typing import TYPE_CHECKING

from index.child_process import heard
from index.errors import UnreadableError
from index.store.incoming import read
from index.stretches import ANSWERED, ASKED, READY, Refused

if TYPE_CHECKING:
    from index.intake.document import Document
    from index.store.incoming import Incoming


def _read(document: Document) -> Incoming | Refused:
    try:
        return read(document)
    except UnreadableError as error:
        return Refused(error.path, error.reason)


def main() -> None:
    """Read documents until there are no more."""
    patience = float(sys.argv[1])
    # What else is printed here, by whatever library, is nothing that is listened to.
    stdout, sys.stdout = sys.stdout.buffer, sys.stderr
    lines = heard()
    stdout.write(READY)
    while True:
        stdout.flush()
        line = lines.get()
        # It needs no turn of Python's: what hangs may never give it one.
        faulthandler.dump_traceback_later(patience, exit=True)
        answer = ANSWERED.dump_json([_read(document) for document in ASKED.validate_json(line)])
        faulthandler.cancel_dump_traceback_later()
        stdout.write(answer + b"\n")


if __name__ == "__main__":
    main()
