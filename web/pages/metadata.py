"""What machines read in the head of a page: for Zotero and for search engines."""

from __future__ import annotations

from markupsafe import Markup

NO_HEAD = Markup("")
