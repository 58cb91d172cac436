"""The articles a search is about: what each scope is called, and which comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.results import Since

if TYPE_CHECKING:
    from index.results import NamedScope, Scope

SAID: dict[NamedScope, str] = {"all": "all articles", "unread": "unread", "starred": "starred"}


def said(scope: Scope) -> str:
    """Say which articles a scope is about."""
    return "new" if isinstance(scope, Since) else SAID[scope]


def following(scope: Scope, since: Since | None = None) -> Scope:
    """Return the next scope; what is new is one of them where it is known since when."""
    scopes: list[Scope] = ["all", *([since] if since else []), "unread", "starred"]
    here = scopes.index(scope) if scope in scopes else 0
    return scopes[(here + 1) % len(scopes)]
