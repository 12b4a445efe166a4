"""The grain of entry: one activity of an enterprise, because lists are made sector by sector."""

from shutan.kernel import Grain

ACTIVITY = Grain("activity", "activity")
