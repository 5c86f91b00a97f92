"""What a test cell meets where a student's function raises, or where no answer comes."""

import builtins

ENDLESS = "It did not end in time: is there an endless loop?"
# Python's own loops end at these without a word: `list(map(f, inputs))` would pass what it never looked at.
ENDS_LOOPS = (StopIteration, StopAsyncIteration)


# No subclasses of Exception: a test cell or a check that catches what a student's function raises must not catch these.
class CallTimeout(BaseException):
    """A call into the student kernel that did not come back in time."""


class KernelGone(BaseException):
    """The student kernel died, or answers nothing sensible any more."""


class CannotGrade(BaseException):
    """A value that cannot be sent to the grader, such as a simulator's object."""


class StudentError(Exception):
    """An exception of the student's code that is none of Python's own types."""


def student_exception(name: str, words: str, where, known) -> BaseException:
    """The nearest of Python's own exceptions that a student's exception belongs to, all of them where there are several."""
    if name == "KeyboardInterrupt":
        return CallTimeout(ENDLESS)
    place = f" (in {where[0]})" if isinstance(where, list) and where and isinstance(where[0], str) else ""
    kinds = _own_kinds(known if isinstance(known, list) else [])
    if not kinds:
        return StudentError(f"{name}: {words}{place}")
    if kinds[0] not in (AssertionError, NotImplementedError):  # these say what is to be done, not where
        words = (words if kinds[0].__name__ == name else f"{name}: {words}") + place
    try:
        return type(kinds[0].__name__, tuple(kinds), {})(words) if len(kinds) > 1 else kinds[0](words)
    except TypeError:  # made up: no exception can be of all these kinds
        return kinds[0](words)


def _own_kinds(known: list) -> list[type[Exception]]:
    """Python's own exceptions of these names, without those that one before them implies anyway."""
    kinds: list[type[Exception]] = []
    for name in known:
        kind = getattr(builtins, name, None) if isinstance(name, str) else None
        if not isinstance(kind, type) or not issubclass(kind, Exception) or kind in (Exception, *ENDS_LOOPS):
            continue
        try:
            kind("")
        except TypeError:
            continue  # such as UnicodeDecodeError, which wants five arguments
        if not any(issubclass(other, kind) for other in kinds):
            kinds.append(kind)
    return kinds
