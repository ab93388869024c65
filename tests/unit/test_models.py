"""The public models, without a cluster."""

from __future__ import annotations

import pytest
import traitlets

from tgwidget.models import Computation, TaskGroup, TaskPrefix, WorkerState

NASTY = "<script>alert(1)</script>"


def make(model_type: type, **values: object) -> object:
    model = model_type()
    model._take(values)
    return model


@pytest.mark.parametrize("model_type", [TaskGroup, TaskPrefix, Computation, WorkerState])
def test_every_trait_is_read_only(model_type: type) -> None:
    model = model_type()
    for trait in model_type.class_trait_names():
        with pytest.raises(traitlets.TraitError):
            setattr(model, trait, getattr(model, trait))


@pytest.mark.parametrize("model_type", [TaskGroup, TaskPrefix, Computation, WorkerState])
def test_html_shows_any_name_as_text(model_type: type) -> None:
    model = make(model_type, name=NASTY)
    assert "<script" not in model._repr_html_()
    assert "&lt;script&gt;" in model._repr_html_()
    assert NASTY in repr(model)


def test_types_and_workers_are_escaped_too() -> None:
    group = make(TaskGroup, name="x", types=frozenset([NASTY]), states={NASTY: 1})
    worker = make(WorkerState, name="w", address=NASTY, status=NASTY)
    assert "<script" not in group._repr_html_() + worker._repr_html_()


def test_a_repr_tells_what_a_person_wants_to_know() -> None:
    group = make(
        TaskGroup, name="x-1", states={"memory": 3, "erred": 1}, start=1.0, nbytes_total=2048, gone=False
    )
    assert repr(group).startswith("<TaskGroup 'x-1': tasks 3/4 done, 1 erred")
    assert "2.00 kiB" in repr(group)


def test_observers_hear_of_changes_only() -> None:
    group = TaskGroup()
    heard = []
    group.observe(lambda change: heard.append((change["name"], change["new"])))
    group._take({"nbytes_total": 5, "runs": 1, "states": {"memory": 1}})
    group._take({"nbytes_total": 5, "runs": 1, "states": {"memory": 1}})
    assert heard == [("nbytes_total", 5), ("states", {"memory": 1})]


def test_a_group_has_the_length_and_the_truth_that_dask_gives_it() -> None:
    assert len(make(TaskGroup, states={"memory": 2, "forgotten": 3})) == 5
    assert bool(TaskGroup())


@pytest.mark.parametrize(
    ("states", "done"),
    [
        ({"memory": 2, "forgotten": 1, "erred": 1, "released": 1}, True),
        ({"memory": 2, "processing": 1}, False),
        ({"no-worker": 1}, False),
        ({}, True),
    ],
)
def test_done_is_dasks(states: dict, done: bool) -> None:
    assert make(TaskGroup, states=states).done is done


def test_huge_numbers_of_bytes_are_accepted() -> None:
    assert make(TaskGroup, nbytes_total=float(2**70)).nbytes_total == float(2**70)
    assert make(TaskPrefix, nbytes_total=2**62).nbytes_total == 2**62
