"""What all tests share: they know nothing of the user's own Dask settings, and each folder has its marker."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# Read once, when dask is first imported, here and in every process that a test starts.
os.environ["DASK_CONFIG"] = os.devnull

TESTS = Path(__file__).parent
MARKED_FOLDERS = ("browser", "cluster")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """``-m "not browser"`` needs no mark in any test."""
    for item in items:
        if TESTS not in item.path.parents:
            continue
        folder = item.path.relative_to(TESTS).parts[0]
        if folder in MARKED_FOLDERS:
            item.add_marker(folder)
