"""Cases that the page's twin reads as well."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tgwidget.progress import progress

CASES = json.loads((Path(__file__).parents[1] / "data" / "progress.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_progress_of_a_group(case: dict[str, Any]) -> None:
    outcome = case["outcome"] and tuple(case["outcome"])
    at = progress(case["states"], case["start"], case["nbytes_total"], outcome)
    assert at._asdict() == {field: case[field] for field in at._fields}
