"""What an assistant may do besides talking, carried out for one turn; see `toolbox`."""

from hudhud.core.tools.memory import Memory
from hudhud.core.tools.toolbox import Toolbox

__all__ = ["Memory", "Toolbox"]
