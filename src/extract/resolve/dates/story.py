"""One pass over the time expressions of a document, in the order of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.normalise.calendar import Point, holiday_of, week_of
from extract.normalise.dates import DateReading
from extract.normalise.dates.relative import OPEN
from extract.normalise.values import DateValue
from extract.recognise.mention import Mention
from extract.resolve.dates.context import Context, Settled
from extract.resolve.dates.counted import settle_clock, settle_offset, settle_weekday
from extract.resolve.dates.document_time import Anchor, document_time, is_authors_day
from extract.resolve.dates.layout import Layout, find_asides
from extract.resolve.dates.partial import settle_partial, year_in_news
from extract.resolve.fact import Fact
from extract.sources.document import Document
from extract.text.sentences import Sentence


def resolve_dates(document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> dict[int, Fact]:
    """The facts of all time expressions among `mentions`, under their numbers; none for what turns out to be vague."""
    dates = [(number, mention) for number, mention in enumerate(mentions) if mention.component == "dates"]
    layout = Layout(document, sentences, dates)
    story = _Story(Context(layout, document_time(layout)))
    facts = ((number, story.resolve(number, mention)) for number, mention in dates)
    return {number: fact for number, fact in facts if fact is not None}


class _Story:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._layout = context.layout
        self._asides = find_asides(context.layout)
        context.told.is_report = is_authors_day(context.layout, context.time)
        self._quote: int | None = None
        self._narrator = context.told.mark()

    def resolve(self, number: int, mention: Mention) -> Fact | None:
        """The fact of an expression; what it says becomes what the text has just spoken of. None for a `today` that is no day."""
        self._context.told.enter(self._layout.block(mention).section, mention.start)
        self._hear(self._layout.quote_of(mention))
        settled = self._context.settled[number] = self._settle(mention)
        self._tell(number, mention, settled)
        if settled.is_now and mention.reading.value is None:
            return None
        from_mention = settled.anchor.mention if settled.anchor else None
        return Fact(
            mention,
            _value(mention.reading, settled),
            inferred_from=() if from_mention in (None, number) else (from_mention,),
            how=(settled.how,) if settled.how else (),
        )

    def _hear(self, quote: int | None) -> None:
        """Whoever is quoted says nothing of the narrator, who goes on behind the quotation where he stood before it."""
        if quote != self._quote:
            if self._quote is not None:
                self._context.told.return_to(self._narrator)
            self._quote, self._narrator = quote, self._context.told.mark()

    def _tell(self, number: int, mention: Mention, settled: Settled) -> None:
        point = settled.end or settled.point
        if point is None or point.year is None or mention.reading.type not in ("DATE", "TIME"):
            return
        if self._layout.is_furniture(mention) or mention.reading.is_death:
            return  # the story of a life goes on from the birth
        if self._layout.is_since(mention) and self._context.spoken() is not None:
            return
        is_of_author = self._context.is_away and settled.anchor is self._context.time.published
        if is_of_author and not (mention.reading.weekday and self._layout.is_said_on(mention)):
            return  # the `today` of its author, to which the story does not go
        spoken = point.at(None)
        back = mention.reading.counts_back or (point.precision == "year" and self._layout.is_pluperfect(mention))
        main = self._context.main
        is_mentioned = main is not None and main.stated and self._layout.is_label(mention)  # in a document that is about a day
        aside = number in self._asides or back or is_mentioned or self._layout.is_since(mention)
        block = self._layout.paragraph(mention)
        head = self._layout.is_head(mention) or bool(settled.anchor and settled.anchor.head)
        self._context.told.add(Anchor(spoken, number, mention.start, block, aside, head=head, back=back))
        if not aside or self._context.is_near(spoken):
            self._context.told.move(spoken, self._context.is_near(spoken))

    def _settle(self, mention: Mention) -> Settled:
        reading: DateReading = mention.reading
        point = reading.point
        if reading.holiday is not None:
            settled = self._holiday(reading.holiday, point or Point(), mention)
            return replace(settled, point=settled.point.at(reading.clock)) if settled.point and reading.clock else settled
        if reading.offset is not None:
            return settle_offset(self._context, reading, reading.offset, mention)
        if reading.weekday is not None:
            return settle_weekday(self._context, reading, mention)
        if point is None:
            return Settled(None, "explicit")
        if point.is_clock and point.day is None and point.month is None:
            if point.daypart is not None and reading.direction is None:
                return Settled(point, "unresolved", how="of any day")
            return settle_clock(self._context, point, mention, self._settle)
        if point.is_settled and (reading.end is None or reading.end.is_settled):
            settled = Settled(point, "explicit", end=reading.end)
        else:
            settled = settle_partial(self._context, reading, mention)
        has_week = reading.week and settled.point is not None and settled.point.date() is not None
        return replace(settled, point=week_of(settled.point)) if has_week and settled.point else settled

    def _holiday(self, code: str, point: Point, mention: Mention) -> Settled:
        if point.year is not None:
            return Settled(holiday_of(code, point.year), "explicit")
        report_day = self._context.time.published
        anchor = report_day or self._context.spoken()
        if anchor is None or anchor.point.year is None:
            return Settled(holiday_of(code, None), "unresolved", how="no year for the day")
        year = anchor.point.year
        if report_day:
            direction = self._layout.direction(mention)
            year = year_in_news(lambda year: holiday_of(code, year) or Point(year), report_day.point, direction)
        return Settled(holiday_of(code, year), "context", anchor, f"the year from {anchor.told()}")


# -- values ----------------------------------------------------------------------------------------------------------


def _value(reading: DateReading, settled: Settled) -> DateValue:
    """The value, in both notations, with the days that bound it."""
    is_changed = settled.point is not None and (settled.point is not reading.point or settled.end is not reading.end)
    complete = replace(reading, point=settled.point, end=settled.end) if is_changed else reading
    first, last = _bounds(settled)
    return DateValue(
        edtf=complete.edtf if complete.type in ("DATE", "TIME") else None,
        timex3=complete.timex3 or _open_value(reading),
        type=reading.type,
        mod=reading.mod,
        start=first,
        end=last,
        resolution=settled.resolution,
    )


def _open_value(reading: DateReading) -> str:
    """What TIMEX3 writes for an offset or weekday that nothing settles."""
    clock = reading.clock.timex3().removeprefix("XXXX-XX-XX") if reading.clock else ""
    if reading.weekday is not None and not reading.daypart:
        return "XXXX-WXX-WE" if reading.weekend else f"XXXX-WXX-{reading.weekday}{clock}"
    return f"XXXX-XX-XX{clock}" if clock else OPEN.get(reading.offset.unit if reading.offset else "", "XXXX")


def _bounds(settled: Settled) -> tuple[str | None, str | None]:
    if settled.point is None:
        return None, None
    first, last = settled.point.at(None).bounds()
    if settled.end is not None:
        last = settled.end.bounds()[1]
    return (first.isoformat() if first else None), (last.isoformat() if last else None)
