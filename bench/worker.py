"""The product's own `hudhud worker`, to which the responders of this folder are known as well."""

from __future__ import annotations

import sys
from pathlib import Path

import hudhud.responders
from hudhud.cli.entry import main

if __name__ == "__main__":
    hudhud.responders.__path__.append(str(Path(__file__).parent / "responders"))
    sys.argv = ["hudhud", "worker"]
    main()
