"""What is wrong with the values that a question names."""

from service import limits
from service.model.dates import InvalidDate
from service.model.errors import Code, Fault
from service.query.operators import PARTIAL, Operator
from service.query.paths import Path
from service.query.types import UnknownValue


def faults_of(
    parameter: str, path: Path, operator: Operator, values: tuple[str, ...]
) -> list[Fault]:
    """Everything that is wrong with the values of one comparison."""
    if len(values) > limits.VALUES_MAX:
        return [
            Fault(
                Code.FILTER_TOO_COMPLEX,
                f"More than {limits.VALUES_MAX} values.",
                parameter=parameter,
            )
        ]
    if "" in values:
        way_out = f"To find records without it use {path.name}__isnull=true."
        return [Fault(Code.EMPTY_VALUE, f"Empty value. {way_out}", parameter=parameter)]
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
            str(error),
            parameter=parameter,
            allowed=error.allowed,
            did_you_mean=error.near,
        )
    except InvalidDate as error:
        return Fault(Code.INVALID_DATE, str(error), parameter=parameter)
    except ValueError as error:
        return Fault(Code.INVALID_VALUE, str(error), parameter=parameter)
    return None
