"""The document's time: what a time expression means where it stands.

One pass over the expressions of a document, in the order of the text. Whole dates need nothing. The others are completed
from, in this order: an earlier date of the same day and month; the date that the text of this section has just spoken of; the
section's heading; the document's main date (an infobox's election date, the year in its title, the day of its publication).
Weekdays, `today`, `last month` count from the day of publication where there is one. Never from the clock of the machine:
what stays open keeps its X digits.
"""

from extract.resolve.dates.story import resolve_dates

__all__ = ["resolve_dates"]
