"""Whether a thing may harm somebody who is pregnant, ill, very small, or takes a medicine."""

from hudhud.responders.health.reading import risks
from hudhud.responders.health.telling import named, telling, untold

__all__ = ["named", "risks", "telling", "untold"]
