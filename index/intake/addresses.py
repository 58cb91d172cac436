"""Addresses as pages and feeds write them: made absolute, and refused where no browser may go."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from index.cleaning import clean

LONGEST_ADDRESS = 4096
"""Characters of an address, at most."""

_WITHIN = re.compile("[\t\n\r]")
_AS_ESCAPES = str.maketrans({" ": "%20", '"': "%22", "<": "%3C", ">": "%3E", "\\": "%5C"})


def web_address(written: str | None, base: str | None = None) -> str | None:
    """Return the absolute http or https address that is ``written``, or None where it is none.

    A relative one is resolved against ``base``. A place within the same page (``#notes``) is no
    address.
    """
    href = _WITHIN.sub("", written or "").strip()
    if not href or len(href) > LONGEST_ADDRESS or href.startswith("#"):
        return None
    try:
        address = urljoin(base or "", href)
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not _is_host(parts.netloc):
        return None
    return clean(address).translate(_AS_ESCAPES)


def _is_host(netloc: str) -> bool:
    return any(character.isalnum() for character in netloc) and not any(
        character.isspace() for character in netloc
    )
