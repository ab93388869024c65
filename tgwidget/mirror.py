"""The kernel's copy of what the scheduler's ledger said: replies in, changed rows out. No I/O, no traitlets."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from tgwidget import ledger
from tgwidget.ledger import Ledger, Row
from tgwidget.progress import UNFINISHED, progress
from tgwidget.records import (
    COMPUTATION_FIELDS,
    GROUP_FIELDS,
    SUMMARY_FIELDS,
    Record,
    arranged,
    decoded,
    overwrite,
)
from tgwidget.runs import Runs
from tgwidget.values import ERRED, FORGOTTEN, STATES

#: Groups that the scheduler forgot, kept in the picture of the present run, and kept at all.
SHOWN_GONE = 2_000
KEPT_GONE = 10_000
KEPT_COMPUTATIONS = 1_000
#: More than any page can be behind: it misses a few seconds.
KEPT_REMOVALS = 100_000
#: Numbers of the scheduler's for groups that it has made again since.
KEPT_SUPERSEDED = 100_000

#: A decoded message of the probe.
Reply = Mapping[str, Any]


class Mirror:
    """All that is known of one scheduler, whatever happened to it or to the connection.

    Groups are told apart by name and type of name: one that the scheduler makes again under the same name
    continues the same row, with ``runs`` counted up. ``ledger`` holds what pages need; prefixes and workers
    are held for Python only.
    """

    def __init__(self) -> None:
        self.ledger = Ledger(
            {
                "group": GROUP_FIELDS,
                "computation": COMPUTATION_FIELDS,
                "summary": SUMMARY_FIELDS,
            }
        )
        self.states = list(STATES)
        self.states_seq = 0
        self.actions: list[str] = []
        self.actions_seq = 0
        self.groups: dict[str, Record] = {}
        #: Groups by prefix.
        self.members: dict[str, list[Record]] = {}
        self.prefixes: dict[str, Record] = {}
        self.computations: dict[str, Record] = {}
        self.workers: dict[str, Record] = {}
        #: Group rows dropped from memory, with the sequence number of that.
        self.removed: deque[tuple[int, int]] = deque(maxlen=KEPT_REMOVALS)
        self.cursor = 0
        self.epoch = ""
        self.listing = False
        self._by_name: dict[tuple[str, str], Record] = {}
        self._by_ident: dict[int, Record] = {}
        self._others: dict[int, Record] = {}
        self._awaiting: dict[int, set[Record]] = {}
        #: Computations that name groups which are still to come, by the scheduler's number of the group.
        self._enlisting: dict[int, list[Record]] = {}
        self._by_page: dict[int, Record] = {}
        self._superseded: deque[int] = deque()
        self._unconfirmed: set[int] = set()
        self._state_map: list[int] = []
        self._action_map: list[int] = []
        self._unfinished: set[int] = set()
        self._gone: dict[int, Record] = {}
        #: Of these, the ones that are not of an earlier run.
        self._recent: dict[int, Record] = {}
        self._submitted_at = 0.0
        self._finished_at = 0.0
        self._newly_erred = 0
        self._clock = 0.0
        self._runs = Runs()
        self.summary = self.ledger.add("summary", None)
        self.summarise(status="connecting", message="", address="", now=0.0, started=0.0, ended=0.0, erred=0)

    def summarise(self, **values: Any) -> None:
        """Set fields of the summary."""
        row = self.summary
        merged = list(row.values)
        for field, value in values.items():
            merged[row.fields.index(field)] = value
        self.ledger.write(row, merged)

    def apply(self, reply: Reply) -> list[Record]:
        """Take in one reply of the probe; what changed because of it."""
        changes: list[Record] = []
        self._clock = reply.get("time", self._clock)
        if "epoch" in reply:
            self._start_listing(reply["epoch"])
        if "states" in reply:
            self._state_map = self._extend(self.states, reply["states"], "states_seq")
        if "actions" in reply:
            self._action_map = self._extend(self.actions, reply["actions"], "actions_seq")
        news = self._take_computations(reply.get("computation", ()), changes)
        news = self._take_groups(reply.get("group", ()), changes) or news
        self._take_others("prefix", self.prefixes, reply.get("prefix", ()), changes)
        self._take_others("worker", self.workers, reply.get("worker", ()), changes)
        self.cursor = reply.get("seq", self.cursor)
        listed = self.listing
        if self.listing and not reply.get("more"):
            self.listing = False
            changes += self._end_unconfirmed()
        changes += self._follow_run(news, listed)
        if reply.get("worker") or listed:
            self._total_workers()
        if changes:
            self.summarise(now=self._clock)
        return changes

    def number_of(self, row: Record) -> int | None:
        """The present probe's number of a group; None where it has never told of it."""
        return row.ident if self._by_ident.get(row.ident) is row else None

    def forget_gone(self) -> list[Record]:
        """Drop the groups that the scheduler forgot; the rows that this changes."""
        dropped = list(self._gone.values())
        changed = {id(owner): owner for row in dropped for owner in row.members.values()}
        for row in dropped:
            self._drop(row)
        return list(changed.values())

    # Listings

    def _start_listing(self, epoch: str) -> None:
        self.epoch = epoch
        self.cursor = 0
        self.listing = True
        self._by_ident = {}
        self._others = {}
        self._awaiting = {}
        self._enlisting = {}
        self._superseded.clear()
        self._unconfirmed = {row.id for row in self.groups.values() if row["outcome"] is None}

    def _end_unconfirmed(self) -> list[Record]:
        """What a complete list from the start does not name, the scheduler has forgotten."""
        changes = []
        for row in [row for row in self.groups.values() if row.id in self._unconfirmed]:
            at = progress(dict(zip(self.states, row["states"] or ())), row["start"], row["nbytes_total"])
            self.ledger.set(row, "outcome", [at.done, at.erred])
            self._note_end(row)
            changes.append(row)
        self._unconfirmed = set()
        # Prefixes stay: gone groups name them.
        listed = {id(row) for row in self._others.values()}
        for key in [key for key, row in self.workers.items() if id(row) not in listed]:
            row = self.workers.pop(key)
            row.values[row.fields.index("gone")] = True
            changes.append(row)
        return changes

    def _extend(self, names: list[str], heard: Iterable[str], seq: str) -> list[int]:
        """Positions in ``names`` of the scheduler's states or actions, unknown ones added at the end."""
        heard = list(heard)
        unknown = [name for name in heard if name not in names]
        if unknown:
            names += unknown
            setattr(self, seq, self.ledger.seq + 1)
        return [names.index(name) for name in heard]

    # Rows

    def _take_groups(self, rows: Iterable[Any], changes: list[Record]) -> bool:
        news = False
        for ident, mask, *values in rows:
            patch = decoded(ledger.GROUP_FIELDS, mask, values)
            row = self._by_ident.get(ident)
            if row is None:
                if "name" not in patch:
                    continue
                row = self._claim(ident, patch)
                news = news or not self.listing
            if row.ident == ident:
                self._merge(row, patch, changes)
        return news

    def _claim(self, ident: int, patch: dict[str, Any]) -> Record:
        """The row of a group that the scheduler numbers anew: a new one, or the one of that name."""
        for field in ledger.GROUP_FIELDS:
            patch.setdefault(field, None)
        name = (patch["kind"], patch["name"])
        row = self._by_name.get(name)
        if row is None:
            row = self.ledger.add("group", None, Record)
            patch["runs"], patch["earlier"], patch["computation"] = 1, False, 0
            self._by_name[name] = row
            row.key = self._key(*name)
            patch["key"] = None if row.key == patch["name"] else row.key
            self.groups[row.key] = row
            self.members.setdefault(patch["prefix"], []).append(row)
        elif row.id in self._unconfirmed:
            self._unconfirmed.discard(row.id)
        elif patch["outcome"] is not None and (self.listing or row["outcome"] is None):
            # A dependency that was forgotten before the probe came, and made again since.
            self._by_ident[ident] = row
            if row["outcome"] is None:
                return row
        else:
            patch["runs"], patch["earlier"], patch["computation"] = row["runs"] + 1, False, 0
            self._gone.pop(row.id, None)
            self._recent.pop(row.id, None)
            row.erred = 0
        # Dead objects that living groups depend on go by the old number; some time, nobody does any more.
        if self.number_of(row) is not None:
            self._superseded.append(row.ident)
        if len(self._superseded) > KEPT_SUPERSEDED:
            self._by_ident.pop(self._superseded.popleft(), None)
        row.ident = ident
        self._by_ident[ident] = row
        return row

    def _key(self, kind: str, name: str) -> str:
        """The name as text; where another type of name already has that text, with its own type behind it."""
        key = name
        while key in self.groups:
            key = f"{key} <{kind}>"
        return key

    def _merge(self, row: Record, patch: dict[str, Any], changes: list[Record]) -> None:
        if "states" in patch:
            patch["states"] = arranged(patch["states"], self._state_map, self.states)
            self._note_unfinished(row, patch["states"])
        if "all_durations" in patch:
            row.durations = arranged(patch["all_durations"], self._action_map, self.actions)
            patch["all_durations"] = [
                spent if type(spent) is int else round(spent * 1e6) for spent in row.durations
            ]
        if "types" in patch:
            patch["types"] = list(patch["types"] or ())
        if "dependencies" in patch:
            patch["dependencies"] = self._resolve(row, patch["dependencies"] or ())
        if patch.get("outcome") is not None:
            patch["outcome"] = list(patch["outcome"])
        values = list(row.values)
        for field, value in patch.items():
            values[GROUP_FIELDS.index(field)] = value
        self.ledger.write(row, values)
        if patch.get("outcome") is not None:
            self._note_end(row)
        self._note_errors(row)
        self._finished_at = max(self._finished_at, row["stop"] or 0.0)
        changes.append(row)
        for computation in self._enlisting.pop(row.ident, ()):
            self._enlist(computation, row, changes)
        for dependent in self._awaiting.pop(row.ident, ()):
            if not self._has(dependent):
                continue
            known = set(dependent["dependencies"]) | {row.id}
            self.ledger.set(dependent, "dependencies", sorted(known))
            changes.append(dependent)

    def _resolve(self, row: Record, idents: Iterable[int]) -> list[int]:
        found = []
        for ident in idents:
            other = self._by_ident.get(ident)
            if other is None:
                self._awaiting.setdefault(ident, set()).add(row)
            else:
                found.append(other.id)
        return sorted(found)

    def _take_computations(self, rows: Iterable[Any], changes: list[Record]) -> bool:
        news = False
        for ident, mask, *values in rows:
            patch = decoded(ledger.COMPUTATION_FIELDS, mask, values)
            row = self._others.get(ident)
            if row is None:
                key = patch.get("name")
                if key is None:
                    continue
                row = self.computations.get(key)
                if row is None:
                    news = True
                    row = self.computations[key] = Record(
                        "computation", ledger.COMPUTATION_FIELDS, ident, None
                    )
                    row.key = key
                    row.page = self.ledger.add("computation", None)
                    self._by_page[row.page.id] = row
                row.ident = ident
                self._others[ident] = row
            overwrite(row, patch)
            self._submitted_at = max(self._submitted_at, row["start"])
            if "groups" in patch:
                self._name_members(row, patch["groups"] or (), changes)
            if row.page is not None:
                self.ledger.write(row.page, [row["start"], list(row["code"] or ())])
            changes.append(row)
        return news

    def _name_members(self, computation: Record, idents: Iterable[int], changes: list[Record]) -> None:
        known = {member.ident for member in computation.members.values()}
        for ident in set(idents) - known:
            group = self._by_ident.get(ident)
            if group is not None:
                self._enlist(computation, group, changes)
            elif computation not in (awaiting := self._enlisting.setdefault(ident, [])):
                awaiting.append(computation)

    def _enlist(self, computation: Record, row: Record, changes: list[Record]) -> None:
        if computation.page is None or not self._has(row):
            return
        computation.members[row.id] = row
        row.members[id(computation)] = computation
        if not row["computation"]:
            self.ledger.set(row, "computation", computation.page.id)
            changes.append(row)
        changes.append(computation)

    def computation_of(self, row: Record) -> Record | None:
        """The computation that a group belongs to."""
        return self._by_page.get(row["computation"])

    def keys_of(self, ids: Iterable[int]) -> list[str]:
        """Keys of the groups with these numbers of the mirror's."""
        rows = (self.ledger.get(ident) for ident in ids)
        return [row.key for row in rows if isinstance(row, Record)]

    def _take_others(
        self, kind: str, table: dict[str, Record], rows: Iterable[Any], changes: list[Record]
    ) -> None:
        fields = ledger.FIELDS[kind]
        for ident, mask, *values in rows:
            patch = decoded(fields, mask, values)
            if patch.get("state_counts") is not None:
                patch["state_counts"] = arranged(patch["state_counts"], self._state_map, self.states)
            if "all_durations" in patch:
                patch["all_durations"] = arranged(patch["all_durations"], self._action_map, self.actions)
            row = self._others.get(ident)
            if row is None:
                key = patch.get("address" if kind == "worker" else "name")
                if key is None:
                    continue
                row = table.get(key)
                if row is None or (kind == "worker" and row["pid"] != patch["pid"]):
                    row = table[key] = Record(kind, fields, ident, None)
                    row.key = key
                row.ident = ident
                self._others[ident] = row
            overwrite(row, patch)
            if kind == "worker" and row["gone"]:
                del self._others[ident]
                if table.get(row["address"]) is row:
                    del table[row["address"]]
            changes.append(row)

    # Runs

    def _note_unfinished(self, row: Record, counts: list[int]) -> None:
        if any(counts[position] for position in _UNFINISHED_AT):
            self._unfinished.add(row.id)
        else:
            self._unfinished.discard(row.id)

    def _note_end(self, row: Record) -> None:
        self._unfinished.discard(row.id)
        self._gone[row.id] = row
        if not row["earlier"]:
            self._recent[row.id] = row

    def _note_errors(self, row: Record) -> None:
        """Count tasks that have failed since the last look, and take off those that were tried again."""
        outcome, counts = row["outcome"], row["states"]
        erred, forgotten = (outcome[1], 0) if outcome else (counts[ERRED], counts[FORGOTTEN])
        if erred > row.erred or (not outcome and forgotten == row.forgotten):
            self._newly_erred += erred - row.erred
        row.erred, row.forgotten = erred, forgotten

    def _follow_run(self, news: bool, listed: bool) -> list[Record]:
        """A run begins with work after a pause; what was gone by then belongs to an earlier one."""
        begins = self._runs.step(
            self._clock,
            running=bool(self._unfinished),
            submitted=news and not listed,
            submitted_at=self._submitted_at,
            finished_at=self._finished_at,
        )
        erred = max(0, self._newly_erred + (0 if begins else self.summary["erred"]))
        self._newly_erred = 0
        self.summarise(started=self._runs.started, ended=self._runs.ended, erred=erred)
        return self._age(0 if begins else SHOWN_GONE)

    def _age(self, keep: int) -> list[Record]:
        aged = list(islice(self._recent.values(), max(0, len(self._recent) - keep)))
        for row in aged:
            del self._recent[row.id]
            self.ledger.set(row, "earlier", True)
        for row in list(islice(self._gone.values(), max(0, len(self._gone) - KEPT_GONE))):
            self._drop(row)
        over = max(0, len(self.computations) - KEPT_COMPUTATIONS)
        for row in list(islice(self.computations.values(), over)):
            self._drop_computation(row)
        return aged

    def _drop_computation(self, row: Record) -> None:
        for group in row.members.values():
            group.members.pop(id(row), None)
        row.members.clear()
        del self.computations[row.key]
        if self._others.get(row.ident) is row:
            del self._others[row.ident]
        if row.page is not None:
            del self._by_page[row.page.id]
            self._remove(row.page)
            row.page = None

    def _remove(self, row: Row) -> None:
        self.ledger.seq += 1
        self.removed.append((self.ledger.seq, row.id))
        self.ledger.drop(row)

    def _has(self, row: Record) -> bool:
        return self.groups.get(row.key) is row

    def _drop(self, row: Record) -> None:
        name = (row["kind"], row["name"])
        self._gone.pop(row.id, None)
        self._recent.pop(row.id, None)
        self._by_name.pop(name, None)
        if self._by_ident.get(row.ident) is row:
            del self._by_ident[row.ident]
        del self.groups[row.key]
        self.members[row["prefix"]].remove(row)
        for computation in row.members.values():
            computation.members.pop(row.id, None)
        self._remove(row)

    def _total_workers(self) -> None:
        workers = self.workers.values()
        self.summarise(
            workers=len(workers),
            threads=sum(row["nthreads"] for row in workers),
            memory=sum(row["memory"] for row in workers),
            memory_limit=sum(row["memory_limit"] for row in workers),
        )


_UNFINISHED_AT = [STATES.index(name) for name in UNFINISHED]
