"""What is wrong with a body, told together with what only the base knows of it, or without it."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TypeAlias, TypeVar

from service.model.errors import Code, Fault, ServiceError, unprocessable
from service.usecases.transactions import Outcome, Work, Writing

Made = TypeVar("Made")
Form: TypeAlias = Callable[[], Iterable[Fault]]
_SERVER_ERROR = 500


def told_together(work: Work, faults: Sequence[Fault]) -> Work:
    """The work of a body that may have faults already: then it only looks for more."""

    async def looked(writing: Writing) -> Outcome:
        try:
            outcome = await work(writing)
        except ServiceError as error:
            if faults and error.code is Code.VALIDATION_FAILED:
                noted = [fault for fault in faults if fault not in error.faults]
                raise unprocessable([*error.faults, *noted]) from None
            raise
        if faults:
            raise unprocessable(faults)
        return outcome

    return looked if faults else work


async def told_without_base(made: Awaitable[Made], form: Form) -> Made:
    """What was made, or read. Where the base cannot be asked, a body that is wrong by itself is
    refused as such: it would be refused at any time.

    Raises ServiceError `validation_failed`, and what the work raises.
    """
    try:
        return await made
    except ServiceError as error:
        faults = list(form()) if error.code.status >= _SERVER_ERROR else []
        if not faults:
            raise
        raise unprocessable(faults) from error
