"""A program of its own: makes the thumbnail of one image, in little time and memory (S8).

Started by path and without our settings (`thumbnail.py`): whatever an image does to the library
that reads it, it does to this process, which holds no secret, and is ended.
"""

from __future__ import annotations

import contextlib
import resource
import sys

from PIL import Image, ImageOps

SIDE_PX = 480
PIXELS_MAX = 40_000_000
MEMORY_BYTES = 768 * 1024 * 1024
CPU_S = 8
# Nothing else: each reader of a format is a door.
FORMATS = ("JPEG", "PNG", "GIF", "WEBP")


def main(source: str, place: str) -> int:
    """Read `source`, write a WebP to `place`; 1 when it is no image that we take."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    # macOS knows this limit and does not always take it; time is limited there all the same.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    with Image.open(source, formats=FORMATS) as image:
        if image.width * image.height > PIXELS_MAX:
            return 1
        image.draft("RGB", (SIDE_PX, SIDE_PX))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((SIDE_PX, SIDE_PX))
        upright.convert("RGBA" if "A" in upright.getbands() else "RGB").save(
            place, "WEBP", quality=80
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
