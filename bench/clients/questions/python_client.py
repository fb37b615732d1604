"""The five questions, asked by the client that openapi-python-client makes."""

import os
from collections.abc import Callable
from io import BytesIO

from httpx import Timeout
from parity_client import AuthenticatedClient
from parity_client.api.analyses import get_market_homogenization
from parity_client.api.imports import create_import
from parity_client.api.products import get_product, list_products
from parity_client.api.search import search_records
from parity_client.models import (
    HitList,
    ImportReport,
    MarketHomogenizationAnswer,
    Product,
    ProductList,
)
from parity_client.types import File

CLIENT = AuthenticatedClient(
    os.environ["PARITY_URL"], os.environ["PARITY_KEY"], timeout=Timeout(60)
)


def listing() -> None:
    asked = ["openai", "anthropic"]
    answer = list_products.sync(client=CLIENT, vendor_id=asked, limit=5)
    assert isinstance(answer, ProductList), answer
    assert len(answer.data) == 5
    assert {product.vendor_id for product in answer.data} <= set(asked)


def record() -> None:
    answer = get_product.sync("kimi", client=CLIENT)
    assert isinstance(answer, Product), answer
    assert answer.name == "Kimi"


def homogenization() -> None:
    answer = get_market_homogenization.sync("chat-assistants", client=CLIENT)
    assert isinstance(answer, MarketHomogenizationAnswer), answer
    score: float | None = answer.result.score
    assert score is not None
    assert 0 < score < 1


def searching() -> None:
    answer = search_records.sync(client=CLIENT, q="搜索")
    assert isinstance(answer, HitList), answer
    assert answer.data


def importing() -> None:
    for dry_run in (True, False):
        line = BytesIO(b'{"kind":"vendor","id":"python-trial","name":"Trial"}\n')
        answer = create_import.sync(
            client=CLIENT, body=File(line), dry_run=dry_run, comment="A trial of clients."
        )
        assert isinstance(answer, ImportReport), answer
        assert answer.counts.created == 1


QUESTIONS: dict[str, Callable[[], None]] = {
    "list": listing,
    "record": record,
    "homogenization": homogenization,
    "search": searching,
    "import": importing,
}


def told(question: Callable[[], None]) -> str:
    try:
        question()
    except Exception as fault:  # noqa: BLE001 - whatever a client raises is an answer here
        return f"{type(fault).__name__}: {fault}".replace("\n", " ")
    return "ok"


if __name__ == "__main__":
    for name, question in QUESTIONS.items():
        print(f"{name}\t{told(question)}")
