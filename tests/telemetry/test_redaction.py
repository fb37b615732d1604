"""What no log may hold, in whatever sentence it comes."""

import pytest

from service.model.keys import secret_of
from service.telemetry.redaction import redacted

KEY = secret_of("key_01hzy3v9k7q2m4n8p6r5s1t0wx", bytes(range(20)))
HOOK = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
SECRETS = {
    f"no such key: {KEY}": KEY[-38:],
    f"Authorization: Bearer {KEY}": KEY[-38:],
    "{'authorization': 'Bearer abc.def-ghi'}": "abc.def",
    "[(b'authorization', b'Basic dXNlcjpwYXNz')]": "dXNlcjpwYXNz",
    "headers={'Authorization': 'opaque-123'}": "opaque-123",
    f"signing with {HOOK} failed": HOOK[6:],
    "postgresql://parity:hunter2@db:5432/parity": "hunter2",
    "rediss://:hunter2@valkey/0 is away": "hunter2",
    "postgresql://parity:p:w%2F@db/parity": "w%2F",
    "user=parity password=hunter2 host=db": "hunter2",
    'dsn password="hunter2" host=db': "hunter2",
    '{"secret": "hunter2", "id": "whk_1"}': "hunter2",
}


@pytest.mark.parametrize("text", SECRETS)
def test_secrets_are_taken_out(text: str) -> None:
    assert SECRETS[text] in text
    assert SECRETS[text] not in redacted(text)
    assert "***" in redacted(text)


@pytest.mark.parametrize(
    "text",
    [
        "webhook whk_01hzy3v9k7q2m4n8p6r5s1t0wx is paused: 20 deliveries failed",
        "postgresql://parity@db:5432/parity is away",
        "job import failed at 12:30:01 for someone@example.org",
        "the key key_01hzy3v9k7q2m4n8p6r5s1t0wx was retired",
        "password authentication failed for user parity",
    ],
)
def test_other_words_stay(text: str) -> None:
    assert redacted(text) == text
