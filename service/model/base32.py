"""Crockford's base 32: lower case, no letter that reads as a digit."""

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def text_of(number: int, length: int) -> str:
    """The last `length` digits of a number."""
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(5 * length - 5, -1, -5))
