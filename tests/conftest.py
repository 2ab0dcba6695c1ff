"""What all tests share: strategies can be imported from anywhere, and the same examples are tried in every run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import settings

from extract import Pipeline

sys.path.insert(0, str(Path(__file__).parent))

settings.register_profile("extract", derandomize=True, deadline=None, max_examples=100)
settings.load_profile("extract")


@pytest.fixture(scope="session")
def pipeline():
    """The pipeline as it is shipped, built once."""
    return Pipeline()


@pytest.fixture(scope="session")
def bare():
    """The pipeline without a model, built once."""
    return Pipeline(model="none")
