from __future__ import annotations

import os
import socket

import pytest

from hudhud.errors import PortTakenError, SettingsWrongError
from hudhud.ops.ports import check


def test_a_taken_port_is_said_with_its_holder_and_the_variable_to_set():
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        with pytest.raises(PortTakenError) as refused:
            check("127.0.0.1", port, "HUDHUD_SIMULATOR_PORT")
    assert f"127.0.0.1:{port}" in refused.value.sentence
    assert "HUDHUD_SIMULATOR_PORT" in refused.value.sentence
    assert f"(process {os.getpid()})" in refused.value.sentence


def test_a_free_port_passes_and_is_left_free():
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    check("127.0.0.1", port)
    check("127.0.0.1", port)
    check("127.0.0.1", 0)


def test_an_address_that_is_not_ours_is_a_wrong_setting():
    with pytest.raises(SettingsWrongError, match="cannot be listened on"):
        check("192.0.2.1", 39417)
