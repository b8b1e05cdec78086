from __future__ import annotations

import stat

import pytest

from hudhud.errors import SettingsWrongError
from hudhud.ops.keys import ensure_keys
from hudhud.settings import load


def test_keys_are_made_once_and_stay_the_same(short_dir):
    first = ensure_keys(short_dir, {})
    assert first == ensure_keys(short_dir, {})
    assert set(first) == {"SECRET_KEY", "ENCRYPTION_KEY_HEX"}
    assert load(first).encryption_key_hex == first["ENCRYPTION_KEY_HEX"]
    assert first["SECRET_KEY"] != first["ENCRYPTION_KEY_HEX"]


def test_keys_are_closed_to_everybody_else(short_dir):
    ensure_keys(short_dir, {})
    assert stat.S_IMODE((short_dir / "keys").stat().st_mode) == 0o700
    for path in (short_dir / "keys").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["SECRET_KEY", "SECRET_KEY_FILE"])
def test_the_environment_wins_and_nothing_is_written_for_it(short_dir, name):
    assert set(ensure_keys(short_dir, {name: "given"})) == {"ENCRYPTION_KEY_HEX"}
    assert not (short_dir / "keys" / "SECRET_KEY").exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_may_read_is_refused_without_showing_it(short_dir, mode):
    made = ensure_keys(short_dir, {})
    path = short_dir / "keys" / "SECRET_KEY"
    path.chmod(mode)
    with pytest.raises(SettingsWrongError, match=f"chmod 600 {path}") as refused:
        ensure_keys(short_dir, {})
    assert made["SECRET_KEY"] not in str(refused.value)


def test_an_empty_key_is_refused_and_not_replaced(short_dir):
    ensure_keys(short_dir, {})
    (short_dir / "keys" / "SECRET_KEY").write_text("")
    with pytest.raises(SettingsWrongError, match="is empty"):
        ensure_keys(short_dir, {})
