"""Whether a cluster's head answers: one that is gone is told of, one that misses a look or two is not."""

import socket
from collections.abc import Iterator

import pytest

from ray_cluster import pulse
from ray_cluster.pulse import Pulse


@pytest.fixture(autouse=True)
def _every_look_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulse, "_LOOK_S", 0.0)


@pytest.fixture
def head() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def address_of(head: socket.socket) -> str:
    return f"127.0.0.1:{head.getsockname()[1]}"


def test_a_head_that_listens_is_not_broken(head: socket.socket) -> None:
    looked = Pulse(address_of(head))
    assert [looked.broken() for _ in range(20)] == [None] * 20
    assert looked.answers()


def test_a_head_that_is_gone_is_told_of_after_some_looks(head: socket.socket) -> None:
    looked = Pulse(address := address_of(head))
    head.close()
    assert not looked.answers()
    told = [looked.broken() for _ in range(5)]
    assert told == [None] * 4 + [f"the cluster's head at {address} no longer answers"]


def test_a_head_that_comes_back_is_not_given_up(head: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = Pulse(address_of(head))
    for _ in range(4):
        with monkeypatch.context() as away:
            away.setattr(looked, "answers", lambda: False)
            assert [looked.broken() for _ in range(4)] == [None] * 4
        assert looked.broken() is None
