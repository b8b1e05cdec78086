"""What a batch means that names nothing itself: what was spoken of, or shown, before it."""

from hudhud.responders.referring.back import overheard_after, read_on, refer_back, spoken_of
from hudhud.responders.referring.shown import means_shown, shown_last

__all__ = ["means_shown", "overheard_after", "read_on", "refer_back", "shown_last", "spoken_of"]
