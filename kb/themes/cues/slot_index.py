"""Which slots of many cues does a word fill? Looked up once a word, and remembered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kb.themes.cues.patterns import START, Option, Slot

Filled = frozenset[Slot]  # the slots that a word fills


class SlotIndex:
    """Slots by the words and the first letters that fill them.

    >>> from kb.themes.cues.patterns import slot_of
    >>> index = SlotIndex([slot_of("wijkteam*"), slot_of("team|ploeg"), slot_of("_")])
    >>> sorted(slot.source for slot in index.filled(frozenset({"wijkteams"})))
    ['_', 'wijkteam*']
    """

    def __init__(self, slots: Iterable[Slot]) -> None:
        self._by_word: dict[str, list[Slot]] = defaultdict(list)
        # Options with a star, by the first letters a form must have; "" for any.
        self._by_start: dict[str, set[Option]] = defaultdict(set)
        self._by_option: dict[Option, list[Slot]] = defaultdict(list)
        self._always: list[Slot] = []
        for slot in slots:
            if slot.anything:
                self._always.append(slot)
            for word in slot.words:
                self._by_word[word].append(slot)
            for option in slot.options:
                self._by_start[option.start].add(option)
                self._by_option[option].append(slot)

    def filled(self, forms: frozenset[str]) -> Filled:
        """The slots that a word with these forms fills."""
        found = set(self._always)
        for form in forms:
            found.update(self._by_word.get(form, ()))
            for start in ("", form[:START]):
                for option in self._by_start.get(start, ()):
                    if option.accepts(form):
                        found.update(self._by_option[option])
        return frozenset(found)
