"""The samples of a whole year: where they lie, in which order they lean on each other, what they must give."""

from __future__ import annotations

import json
from pathlib import Path

HOUHUAN = Path(__file__).parents[1] / "samples" / "houhuan"
EXPECTED = json.loads((HOUHUAN / "expected.json").read_text(encoding="utf-8"))["periods"]
KINDS = (
    "places", "residents", "activities", "inspections", "pledges", "stock", "treatments", "aedes", "density", "visits",
)  # fmt: skip
