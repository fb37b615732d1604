"""What is wrong with the values that a question names."""

from service import limits
from service.model.dates import InvalidDate
from service.model.errors import Code, Fault
from service.query.operators import PARTIAL, Operator
from service.query.paths import Path
from service.query.types import UnknownValue
from service.texts.sentences import sentence, sentence_of


def faults_of(
    parameter: str, path: Path, operator: Operator, values: tuple[str, ...]
) -> list[Fault]:
    """Everything that is wrong with the values of one comparison."""
    if len(values) > limits.VALUES_MAX:
        many = sentence("filters.values", most=limits.VALUES_MAX)
        return [Fault(Code.FILTER_TOO_COMPLEX, many, parameter=parameter)]
    if "" in values:
        empty = sentence("filters.empty_value", path=path.name)
        return [Fault(Code.EMPTY_VALUE, empty, parameter=parameter)]
    faults = (_fault(parameter, path, operator, value) for value in values)
    return [fault for fault in faults if fault is not None]


def _fault(parameter: str, path: Path, operator: Operator, value: str) -> Fault | None:
    if operator in PARTIAL:
        return None
    try:
        path.type.check(value, path.name)
    except UnknownValue as error:
        return Fault(
            Code.UNKNOWN_VALUE,
            sentence_of(error),
            parameter=parameter,
            allowed=error.allowed,
            did_you_mean=error.near,
        )
    except InvalidDate as error:
        return Fault(Code.INVALID_DATE, sentence_of(error), parameter=parameter)
    except ValueError as error:
        return Fault(Code.INVALID_VALUE, sentence_of(error), parameter=parameter)
    return None
