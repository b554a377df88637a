"""Stores by URL: faults that may pass are tried again, others told at once, and nothing secret is said."""

import pytest
from obstore.exceptions import AlreadyExistsError, BaseError, GenericError, PermissionDeniedError

from assets_catalog.object_store import check_url, open_store, patiently, said


class Failing:
    """Fails so often before it answers."""

    def __init__(self, times: int, error: BaseException) -> None:
        self.left, self.error, self.calls = times, error, 0

    def __call__(self) -> str:
        self.calls += 1
        self.left -= 1
        if self.left >= 0:
            raise self.error
        return "answer"


@pytest.fixture(autouse=True)
def pauses_s(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that were made, in no time."""
    made: list[float] = []
    monkeypatch.setattr("assets_catalog.object_store.time.sleep", made.append)
    monkeypatch.setattr("assets_catalog.object_store.time.monotonic", lambda: sum(made))
    return made


@pytest.mark.parametrize("error", [GenericError("503"), ConnectionResetError()])
def test_what_may_pass_is_tried_again_with_growing_pauses(error: Exception, pauses_s: list[float]) -> None:
    assert patiently(Failing(5, error)) == "answer"
    assert pauses_s == sorted(set(pauses_s))
    assert len(pauses_s) == 5


def test_patience_ends(pauses_s: list[float]) -> None:
    with pytest.raises(GenericError, match="503"):
        patiently(Failing(1000, GenericError("503")))
    assert 30 < sum(pauses_s) < 60


@pytest.mark.parametrize("error", [FileNotFoundError(), AlreadyExistsError("a"), PermissionDeniedError("a")])
def test_what_lasts_is_told_at_once(error: Exception) -> None:
    call = Failing(1, error)
    with pytest.raises(type(error)):
        patiently(call)
    assert call.calls == 1


def test_nothing_secret_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_KEY", "c2VjcmV0")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "t0ken-of-now")
    error = BaseError("PUT https://a/b?sig=word&se=1 (key c2VjcmV0, t0ken-of-now)\n\nDebug source: more")
    assert said(error) == "PUT https://a/b (key ***, ***)"


@pytest.mark.parametrize("url", ["s3://key:word@bucket/path", "az://bucket/path?sig=word", "s3://", "ftp://host/path"])
def test_a_url_that_is_no_place_alone_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"credentials come from the environment|names no bucket|unknown"):
        check_url(url)


def test_a_url_is_one_store() -> None:
    assert open_store("memory://one") is open_store("memory://one")
    assert open_store("memory://one") is not open_store("memory://two")
