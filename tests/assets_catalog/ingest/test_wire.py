"""The wire: what is framed is read again; what breaks the format is told, and takes no memory."""

import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets_catalog.ingest.wire import (
    Answer,
    DamagedAnswerError,
    prepared_frames,
    read_answer,
    set_aside_frames,
)


def read(content: bytes, most_bytes: int = 10**6) -> Answer | None:
    """Returns the answer that bytes hold."""
    return read_answer(io.BytesIO(content).read, most_bytes)


@given(st.text(max_size=99), st.dictionaries(st.from_regex(r"\A[a-z]{1,9}\Z"), st.binary(max_size=99), max_size=5))
def test_what_is_framed_is_read_again(entry: str, objects: dict[str, bytes]) -> None:
    answer = read(b"".join(prepared_frames(entry, objects)))
    assert answer == Answer(None, entry.encode(), tuple(objects.items()))


@given(st.text())
def test_reasons_arrive_as_one_printable_line(reason: str) -> None:
    answer = read(b"".join(set_aside_frames(reason)))
    assert answer is not None
    assert answer.reason
    assert answer.reason.isprintable()


def test_nothing_is_no_answer() -> None:
    assert read(b"") is None


@given(st.binary(min_size=1))
def test_any_bytes_are_an_answer_or_damaged(content: bytes) -> None:
    with suppress(DamagedAnswerError):
        assert read(content) is not None


FRAMED = b"".join(prepared_frames("{}", {"a": b"content", "b": b""}))


def test_a_cut_answer_is_damaged_or_whole_up_to_an_object() -> None:
    for cut in range(1, len(FRAMED)):
        with suppress(DamagedAnswerError):
            answer = read(FRAMED[:cut])
            assert answer is not None
            assert len(answer.objects) < 2
    with pytest.raises(DamagedAnswerError, match="ends too early"):
        read(FRAMED[:-1])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"P" + (5 * 2**20).to_bytes(8, "big"), "4194304 are allowed"),
        (b"S" + (2**63).to_bytes(8, "big"), "2000 are allowed"),
        (b"".join(prepared_frames("{}", {"a": bytes(600), "b": bytes(600)})), "a part of 600 bytes, 400 are allowed"),
        (b"".join(prepared_frames("{}", {"n" * 101: b""})), "a part of 101 bytes, 100 are allowed"),
        (b"".join(prepared_frames("{}", {str(n): b"" for n in range(65)})), "more than 64 objects"),
        (b"\x80\x04.", "it begins with"),
    ],
)
def test_bounds_are_kept(content: bytes, said: str) -> None:
    with pytest.raises(DamagedAnswerError, match=said):
        read(content, 1000)
