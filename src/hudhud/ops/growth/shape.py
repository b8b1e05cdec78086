"""What a filled database looks like: how often each conversation spoke. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from hudhud.errors import HudhudError

# A burst is 1 to 5 messages and an answer of one part, or of two in one of five.
MESSAGES_PER_BURST = 4.2
CHUNK_BURSTS = 20_000
# Tables and indexes, half of it raw webhooks: 17.3 GB for 10 M messages, 0.12 GB for 60 000.
BYTES_PER_MESSAGE = 1_950


@dataclass(frozen=True, slots=True)
class Chunk:
    """One transaction of a filling: the bursts of places [first, last) in one round."""

    round: int
    first: int
    last: int
    before: int


@dataclass(frozen=True, slots=True)
class Shape:
    """So many messages in so many conversations, of which few speak often and most once.

    Round by round: each conversation has the first burst, and each next round loses the same
    share of those that still speak. The rounds follow one another in time, so the messages of a
    busy conversation lie far apart on the disk, as they do where many people write.
    """

    messages: int
    conversations: int

    def __post_init__(self) -> None:
        """Refuse what no rounds add up to.

        Raises:
            HudhudError: too few messages for so many conversations.
        """
        if self.messages < MESSAGES_PER_BURST * self.conversations:
            raise HudhudError(
                f"{self.conversations} conversations have at least "
                f"{math.ceil(MESSAGES_PER_BURST * self.conversations)} messages."
            )

    @property
    def bursts(self) -> int:
        """How many bursts all rounds have together."""
        return max(chunk.before + chunk.last - chunk.first for chunk in self.chunks())

    @property
    def bytes(self) -> int:
        """About how much room the database takes."""
        return self.messages * BYTES_PER_MESSAGE

    @property
    def stride(self) -> int:
        """What scatters the places of a round over the conversations: no common divisor."""
        stride = max(1, round(self.conversations * 0.618))
        while math.gcd(stride, self.conversations) != 1:
            stride += 1
        return stride

    @property
    def stays(self) -> float:
        """Which share of a round's conversations speaks again in the next one."""
        return 1 - MESSAGES_PER_BURST * self.conversations / self.messages

    def speakers(self, round_: int) -> int:
        """How many conversations have a burst in a round, the first one being 0."""
        return math.floor(self.conversations * self.stays**round_)

    def chunks(self) -> Iterator[Chunk]:
        """All of it in the order of time, in pieces of one transaction each."""
        round_ = before = 0
        while (speakers := self.speakers(round_)) > 0:
            for first in range(0, speakers, CHUNK_BURSTS):
                last = min(first + CHUNK_BURSTS, speakers)
                yield Chunk(round_, first, last, before)
                before += last - first
            round_ += 1
