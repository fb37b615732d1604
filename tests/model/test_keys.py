"""The form of secrets, and which scope allows which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.model.base32 import ALPHABET
from service.model.keys import RANDOM_BYTES, SCOPES, allows, key_id_of, secret_of

KEY_ID = "key_" + "01m874np38ek6ange1km771j6y"
SECRETS = st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES).map(
    lambda random: secret_of(KEY_ID, random)
)


@given(SECRETS)
def test_a_secret_names_its_key(secret: str) -> None:
    assert key_id_of(secret) == KEY_ID


@given(SECRETS, st.data())
def test_one_wrong_character_is_seen(secret: str, data: st.DataObject) -> None:
    places = [n for n, letter in enumerate(secret) if letter != "_" and n > len("parity")]
    place = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from([c for c in ALPHABET if c != secret[place]]))
    assert key_id_of(secret[:place] + other + secret[place + 1 :]) is None


@given(SECRETS, st.data())
def test_two_swapped_characters_are_seen(secret: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(len("parity_"), len(secret) - 2))
    one, other = secret[place : place + 2]
    swapped = secret[:place] + other + one + secret[place + 2 :]
    assert (key_id_of(swapped) is None) == (one != other)


def test_the_random_part_is_all_of_the_random_bytes() -> None:
    low = secret_of(KEY_ID, bytes(RANDOM_BYTES)).split("_")[2]
    high = secret_of(KEY_ID, b"\xff" * RANDOM_BYTES).split("_")[2]
    assert (low, high) == ("0" * 32, "z" * 32)


@pytest.mark.parametrize(
    "text",
    ["", "parity_", "x" * 10_000, "parity_é", secret_of(KEY_ID, bytes(20)).upper(),
     secret_of(KEY_ID, bytes(20)) + "\n", " " + secret_of(KEY_ID, bytes(20)),
     secret_of(KEY_ID, bytes(20))[:-1]],
)  # fmt: skip
def test_what_is_no_secret(text: str) -> None:
    assert key_id_of(text) is None


def test_each_scope_allows_itself_and_those_before_it() -> None:
    table = {held: [needed for needed in SCOPES if allows([held], needed)] for held in SCOPES}
    assert table == {
        "read": ["read"],
        "write": ["read", "write"],
        "curate": ["read", "write", "curate"],
        "admin": ["read", "write", "curate", "admin"],
    }
    assert not allows([], "read")
