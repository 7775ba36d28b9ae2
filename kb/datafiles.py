"""The one loader of the tables beside the code: word lists, patterns and names in TOML, YAML, JSON.

A room keeps its data next to its modules and asks for it by package and file name.
Every file is read once a process.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(package: str, name: str) -> Any:
    """What stands in a data file, as plain dicts and lists; not to be changed.

    Args:
        package: the package whose folder holds the file, such as "kb.dutch".
        name: the file, of which the extension tells the format.

    >>> table("kb.dutch", "hyphens.toml")["suspended_always"][:2]
    ['en', 'of']
    """
    text = files(package).joinpath(name).read_text(encoding="utf-8")
    if name.endswith(".toml"):
        import tomllib

        return tomllib.loads(text)
    if name.endswith(".json"):
        import json

        return json.loads(text)
    import yaml

    if yaml.__with_libyaml__:  # ten times as fast
        return yaml.load(text, Loader=yaml.CSafeLoader)
    return yaml.safe_load(text)


@cache
def words(package: str, name: str, *keys: str) -> frozenset[str]:
    """A word list of a data file as a set.

    Args:
        package: as in `table`.
        name: as in `table`.
        keys: the way to the list within the file.

    The list may be an array, or a string with white space between the words.

    >>> "gemeente" in words("kb.dutch", "stem.toml", "keep_s")
    False
    """
    found = table(package, name)
    for key in keys:
        found = found[key]
    return frozenset(found.split() if isinstance(found, str) else found)
