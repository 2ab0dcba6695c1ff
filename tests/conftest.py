"""What all tests share: strategies can be imported from anywhere, and the same examples are tried in every run."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))

settings.register_profile("extract", derandomize=True, deadline=None, max_examples=100)
settings.load_profile("extract")
