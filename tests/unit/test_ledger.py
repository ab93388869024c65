"""Rows that remember when each value changed."""

from __future__ import annotations

from tgwidget.ledger import Ledger


def make_ledger() -> Ledger:
    return Ledger({"kind": ("name", "count")})


def test_a_reader_gets_whole_rows_first_and_then_only_what_changed() -> None:
    ledger = make_ledger()
    row = ledger.add("kind", None)
    ledger.write(row, ["a", 1])
    rows, cursor, more = ledger.since(0, 10)
    assert (rows, more) == ({"kind": [[1, 0b11, "a", 1]]}, False)
    ledger.write(row, ["a", 2])
    assert ledger.since(cursor, 10)[0] == {"kind": [[1, 0b10, 2]]}


def test_writing_the_same_values_is_no_change() -> None:
    ledger = make_ledger()
    row = ledger.add("kind", None)
    ledger.write(row, ["a", 1])
    seq = ledger.seq
    ledger.write(row, ["a", 1])
    assert ledger.seq == seq


def test_reading_twice_gives_the_same() -> None:
    ledger = make_ledger()
    ledger.write(ledger.add("kind", None), ["a", 1])
    assert ledger.since(0, 10) == ledger.since(0, 10)


def test_pages_come_oldest_change_first_and_their_cursors_lead_through_all() -> None:
    ledger = make_ledger()
    rows = [ledger.add("kind", None) for _ in range(5)]
    for number, row in enumerate(rows):
        ledger.write(row, [f"row {number}", number])
    ledger.set(rows[0], "count", 9)
    seen, cursor, more = [], 0, True
    while more:
        page, cursor, more = ledger.since(cursor, 2, base=0)
        seen += [row[2] for row in page["kind"]]
    assert seen == ["row 1", "row 2", "row 3", "row 4", "row 0"]
    assert cursor == ledger.seq


def test_values_that_changed_before_the_page_that_brings_the_row_are_not_lost() -> None:
    ledger = make_ledger()
    rows = [ledger.add("kind", None) for _ in range(4)]
    for number, row in enumerate(rows):
        ledger.write(row, [f"row {number}", 0])
    for row in rows:
        ledger.set(row, "count", 1)
    _, cursor, more = ledger.since(0, 2)
    second, _, _ = ledger.since(cursor, 2, base=0)
    assert more
    assert second["kind"] == [[3, 3, "row 2", 1], [4, 3, "row 3", 1]]


def test_a_row_that_is_added_and_not_yet_read_hides_no_other() -> None:
    ledger = make_ledger()
    ledger.write(ledger.add("kind", None), ["a", 1])
    ledger.add("kind", None)
    assert ledger.since(0, 10)[0] == {"kind": [[1, 3, "a", 1]]}


def test_a_dropped_row_sends_readers_back_who_missed_its_end() -> None:
    ledger = make_ledger()
    row = ledger.add("kind", None)
    ledger.write(row, ["a", 1])
    ledger.drop(row)
    assert ledger.horizon == row.seq
    assert ledger.since(0, 10)[0] == {}


def test_a_row_dropped_silently_sends_nobody_back() -> None:
    ledger = make_ledger()
    row = ledger.add("kind", None)
    ledger.write(row, ["a", 1])
    ledger.drop(row, silently=True)
    assert ledger.horizon == 0


def test_unwanted_rows_are_left_out_and_the_cursor_passes_them() -> None:
    ledger = make_ledger()
    for name in "ab":
        ledger.write(ledger.add("kind", None), [name, 1])
    rows, cursor, _ = ledger.since(0, 10, lambda row: row["name"] == "a")
    assert [row[2] for row in rows["kind"]] == ["a"]
    assert cursor == ledger.seq


def test_a_touched_row_is_told_again_in_full() -> None:
    ledger = make_ledger()
    row = ledger.add("kind", None)
    ledger.write(row, ["a", 1])
    seq = ledger.seq
    ledger.touch(row)
    assert ledger.since(seq, 10)[0] == {"kind": [[1, 3, "a", 1]]}
