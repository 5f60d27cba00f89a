"""What a benchmark finds out: a value of ours, beside the value of a baseline from the same run."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(slots=True, frozen=True)
class Sample:
    """The values of several repetitions."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The value in the middle."""
        return statistics.median(self.values)

    @property
    def spread(self) -> float:
        """Half the distance between the extremes, as a share of the median."""
        return (max(self.values) - min(self.values)) / 2 / self.median

    def times(self, factor: float) -> Sample:
        """Return the sample in another unit."""
        return Sample(tuple(value * factor for value in self.values))

    def percentile(self, percent: int) -> float:
        """Return the smallest value that so many percent of the values do not exceed."""
        ordered = sorted(self.values)
        return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


@dataclass(slots=True, frozen=True, kw_only=True)
class Figure:
    """One line of the table.

    `is_cost`: less is better, and the ratio is how many times less ours is. `percentiles`: both
    samples hold single calls, of which the 50th and 95th percentile are shown, not the spread.
    """

    benchmark: str
    subject: str
    unit: str
    ours: Sample
    baseline: str
    theirs: Sample
    is_cost: bool = False
    percentiles: bool = False
    goal: str = ""

    @property
    def ratio(self) -> float:
        """How we compare with the baseline: above 1 we are better."""
        return statistics.median(self._ratios())

    def _ratios(self) -> Sequence[float]:
        """Compare what ran one after the other: then both felt what else the machine did."""
        ours, theirs = self.ours.values, self.theirs.values
        if self.percentiles or len(ours) != len(theirs):
            ours, theirs = (self.ours.median,), (self.theirs.median,)
        pairs = zip(ours, theirs, strict=True)
        return [their / our if self.is_cost else our / their for our, their in pairs]
