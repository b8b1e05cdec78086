"""Words that a pattern tells whole; of each word it is asked once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

# People use the same words: these are nearly all that are asked of, and some 100 kB at most.
WORDS_KEPT_MAX: Final = 1024


class Told(dict[str, bool]):
    """A pattern for one folded word, where only matters whether it matches.

    To look a word up costs a tenth of matching it, and a message is asked some forty of these.
    """

    def __init__(self, pattern: str) -> None:
        """Read nothing yet; `pattern` is matched against whole words."""
        super().__init__()
        self.fullmatch: Callable[[str], bool] = self.__getitem__
        self._whole = re.compile(pattern).fullmatch

    def __missing__(self, word: str) -> bool:
        """Match it, and keep what came of it."""
        if len(self) >= WORDS_KEPT_MAX:
            self.clear()
        self[word] = told = self._whole(word) is not None
        return told
