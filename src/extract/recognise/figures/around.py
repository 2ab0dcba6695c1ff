"""The signs that all questions about a number of prose ask for: the words around it, and what its sentence speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extract.recognise.figures.tape import Item, class_of, form_at, general

_VERBS = frozenset({"win", "have", "lose", "gain", "fall", "stand"})
_NO_VERBS = frozenset({"at", "up", "more", "plus", "fewer", "less", "minus", "down"})
_NEAR = 7


def verb_before(tape: Sequence[Item], place: int) -> str:
    """The last verb of having, winning, losing or changing before a place of a tape, else `none`."""
    for item in reversed(tape[:place]):
        if item.kind == "word" and item.form not in _NO_VERBS and class_of(item.form) in _VERBS:
            return item.form
    return "none"


def signs_around(tape: Sequence[Item], place: int) -> Iterator[str]:
    """The signs in the words before and behind a place of a tape."""
    before, behind = [form_at(tape, place - step) for step in (1, 2, 3)], [form_at(tape, place + step) for step in (1, 2, 3)]
    for name, near, order in (("before", before, -1), ("behind", behind, 1)):
        yield from (f"{name} {step + 1}: {near[step]}" for step in range(3))
        for most in (2, 3):
            yield f"{name}: {' '.join(near[:most][::order])}"
            yield f"{name}, by class: {' '.join(map(general, near[:most][::order]))}"
    left, right = [general(form) for form in before], [general(form) for form in behind]
    yield f"around, by class: {left[0]} _ {right[0]}"
    yield f"around, by class: {left[1]} {left[0]} _ {right[0]} {right[1]}"
    yield from _up_to_figure("near before", reversed(tape[max(0, place - _NEAR) : place]))
    yield from _up_to_figure("near behind", tape[place + 1 : place + 1 + _NEAR])
    verb = verb_before(tape, place)
    yield f"verb: {verb}"
    yield f"verb, by class: {class_of(verb)}"
    yield f"verb and behind, by class: {class_of(verb)} _ {right[0]}"


def signs_of_sentence(tape: Sequence[Item]) -> Iterator[str]:
    """The signs in what a sentence speaks of."""
    words = {item.form for item in tape if item.kind == "word"}
    yield from (f"sentence says {word}" for word in sorted(words))
    yield from (f"sentence speaks of {found}" for found in sorted({class_of(word) for word in words}) if found)


def _up_to_figure(name: str, items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        if item.kind == "figure":
            yield f"{name}: a figure"
            return
        yield f"{name}: {general(item.form)}"
