"""What a comparison asks, and which questions go together."""

from enum import Enum


class Operator(Enum):
    """What a comparison asks; the value is the suffix of the flat spelling."""

    EQ = ""
    NOT = "not"
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"
    IS_NULL = "isnull"
    ALL = "all"
    PREFIX = "prefix"
    CONTAINS = "contains"


SYMBOLS = {
    Operator.EQ: "=",
    Operator.NOT: "!=",
    Operator.GT: ">",
    Operator.GTE: ">=",
    Operator.LT: "<",
    Operator.LTE: "<=",
}
# They name a part of a value.
PARTIAL = (Operator.PREFIX, Operator.CONTAINS)
ORDERED = (Operator.GT, Operator.GTE, Operator.LT, Operator.LTE)
OF_WORDS = (Operator.EQ, Operator.NOT, Operator.PREFIX, Operator.CONTAINS, Operator.IS_NULL)
OF_CLOSED_LISTS = (Operator.EQ, Operator.NOT, Operator.IS_NULL)
OF_NUMBERS = (Operator.EQ, Operator.NOT, *ORDERED, Operator.IS_NULL)
OF_LISTS = (Operator.EQ, Operator.NOT, Operator.ALL, Operator.IS_NULL)
OF_TEXTS = (*OF_LISTS, Operator.CONTAINS)
OF_NAMES = (Operator.EQ, Operator.PREFIX, Operator.CONTAINS)
