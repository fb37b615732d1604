"""What is wrong with the values that a question names."""

from typing import NamedTuple

from service import limits
from service.model.dates import InvalidDate
from service.query.operators import Operator
from service.query.paths import Path
from service.query.types import UnknownValue


class Fault(NamedTuple):
    """What is wrong with one parameter."""

    code: str
    parameter: str
    detail: str
    allowed: tuple[str, ...] = ()
    did_you_mean: tuple[str, ...] = ()


def faults_of(
    parameter: str, path: Path, operator: Operator, values: tuple[str, ...]
) -> list[Fault]:
    """Everything that is wrong with the values of one comparison."""
    if len(values) > limits.VALUES_MAX:
        return [Fault("filter_too_complex", parameter, f"More than {limits.VALUES_MAX} values.")]
    if "" in values:
        way_out = f"To find records without it use {path.name}__isnull=true."
        return [Fault("empty_value", parameter, f"Empty value. {way_out}")]
    found = (_fault(parameter, path, operator, value) for value in values)
    return [fault for fault in found if fault is not None]


def _fault(parameter: str, path: Path, operator: Operator, value: str) -> Fault | None:
    if operator is Operator.PREFIX:
        return None
    try:
        path.type.check(value, path.name)
    except UnknownValue as error:
        return Fault("unknown_value", parameter, str(error), error.allowed, error.near)
    except InvalidDate as error:
        return Fault("invalid_date", parameter, str(error))
    except ValueError as error:
        return Fault("invalid_value", parameter, str(error))
    return None
