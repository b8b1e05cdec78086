"""A contact's telephone number: written, dictated, or the one that they write from."""

from hudhud.responders.telephones.dictated import spoken_number
from hudhud.responders.telephones.reading import (
    TELEPHONE,
    Dialling,
    Telephone,
    dialling,
    fitted,
    shown,
    telephone,
)

__all__ = [
    "TELEPHONE",
    "Dialling",
    "Telephone",
    "dialling",
    "fitted",
    "shown",
    "spoken_number",
    "telephone",
]
