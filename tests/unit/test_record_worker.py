"""What is written to the record beside the screen: nothing that comes behind a fault is lost."""

from __future__ import annotations

from reader.beside.record_worker import RecordWorker


def test_whatever_fails_the_rest_is_done_in_order() -> None:
    told: list[str] = []
    done: list[int] = []
    worker = RecordWorker(lambda error: told.append(str(error)))

    def fail(*_: object) -> object:
        raise RuntimeError("gone")

    worker.put(lambda: done.append(1), lambda then, result: then(result), lambda _: done.append(2))
    worker.put(fail, lambda *_: None, lambda _: None)
    worker.put(lambda: done.append(3), fail, lambda _: None)
    worker.put(lambda: done.append(4), lambda *_: None, lambda _: None)
    worker.start()
    worker.stop()
    assert done == [1, 2, 3, 4]
    assert len(told) == 2
    assert all("gone" in one for one in told)
