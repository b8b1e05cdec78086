"""The account that the engines run under: never root, and if possible nobody else's."""

from __future__ import annotations

import grp
import os
import pwd
from pathlib import Path
from typing import Any, NamedTuple

OWN_USER = "hudhud"
# Above every user that `adduser` makes (to 59999 only after 38 000 of them) and below systemd's
# dynamic users: a number without a name is shared with no other program.
FIRST_FREE_ID = 39417


class Account(NamedTuple):
    """A user and a group by number."""

    uid: int
    gid: int

    @property
    def popen(self) -> dict[str, Any]:
        """Arguments by which `subprocess` starts a child under this account and no other group."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def engine_account(data_dir: Path) -> Account | None:
    """The account for the engines of one data directory; None means our own, when we are not root.

    The owner of the engines' data stays their account for good; a first start takes the user
    `hudhud` if the machine has one, else a number that nobody has.
    """
    if os.geteuid() != 0:
        return None
    for name in ("postgresql", "valkey"):
        folder = data_dir / name
        if folder.exists() and (found := folder.stat()).st_uid != 0:
            return Account(found.st_uid, found.st_gid)
    try:
        own = pwd.getpwnam(OWN_USER)
    except KeyError:
        return _nameless()
    return Account(own.pw_uid, own.pw_gid)


def named(account: Account) -> Account:
    """This account if its user has a name, else `nobody` in this account's group.

    `initdb` and the single-user server look their user up by number and give up on one without a
    name; they run once, before there is anything to read.
    """
    try:
        pwd.getpwuid(account.uid)
    except KeyError:
        return Account(pwd.getpwnam("nobody").pw_uid, account.gid)
    return account


def _nameless() -> Account:
    users = {user.pw_uid for user in pwd.getpwall()}
    groups = {group.gr_gid for group in grp.getgrall()}
    number = FIRST_FREE_ID
    while number in users or number in groups:
        number += 1
    return Account(number, number)
