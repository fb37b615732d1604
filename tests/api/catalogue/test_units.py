"""Numbers of different units are never added, averaged, compared or sorted together."""

import re

import httpx
import pytest

from service.texts.messages import LANGUAGES

# A question over several units, the parameter at fault, and the ways out that it is told.
REFUSED = {
    "aggregate/investments?group_by=vendor_id&metrics=sum(amount)": (
        "metrics",
        ["currency=USD&status=actual", "group_by=currency,status"],
    ),
    "aggregate/investments?group_by=vendor_id&metrics=sum(amount)&currency=USD": (
        "metrics",
        ["status=actual", "group_by=status"],
    ),
    "aggregate/investments?group_by=type,currency&metrics=count,avg(amount)": (
        "metrics",
        ["status=actual", "group_by=status"],
    ),
    "aggregate/investments?group_by=type&metrics=count_distinct(amount)&status=actual": (
        "metrics",
        ["currency=USD", "group_by=currency"],
    ),
    "aggregate/usage?group_by=product_id&metrics=avg(value)": (
        "metrics",
        ["metric=downloads", "group_by=metric"],
    ),
    "aggregate/usage?group_by=product_id&metrics=max(value)&metric=downloads,visits": (
        "metrics",
        ["metric=downloads", "group_by=metric"],
    ),
    "aggregate/usage?group_by=metric&value__gte=1000": ("value__gte", ["metric=downloads"]),
    "aggregate/monetizations?group_by=product_id&metrics=max(price.amount)": (
        "metrics",
        ["price.currency=USD&price.per=month", "group_by=price.currency,price.per"],
    ),
    "investments?amount__gte=1000000000": ("amount__gte", ["currency=USD&status=actual"]),
    "investments?amount=1000000000&currency=USD": ("amount", ["status=actual"]),
    "investments?amount__not=5&status=actual": ("amount__not", ["currency=USD"]),
    "investments?filter=amount>1000000000": ("filter", ["currency=USD&status=actual"]),
    "investments?filter=amount>1 AND (currency=USD OR currency=CNY)&status=actual": (
        "filter",
        ["currency=USD"],
    ),
    "investments?filter=amount>1 AND NOT currency=USD&status=actual": ("filter", ["currency=USD"]),
    "investments?filter=amount>1 OR currency=USD&status=actual": ("filter", ["currency=USD"]),
    "investments?sort=-amount": (
        "sort",
        ["currency=USD&status=actual", "sort=currency,status,-amount"],
    ),
    "investments?sort=vendor_id,amount&currency=USD": ("sort", ["status=actual"]),
    "investments?sort=-amount&filter=currency=USD OR currency=CNY": (
        "sort",
        ["currency=USD&status=actual"],
    ),
    "investments?sort=-amount&currency=USD,CNY&status=actual": ("sort", ["currency=USD"]),
    "investments.csv?sort=amount": ("sort", ["currency=USD&status=actual"]),
    "usage?sort=-value,metric": ("sort", ["metric=downloads", "sort=metric,-value"]),
    "products/kimi/usage?value__gte=1": ("value__gte", ["metric=downloads"]),
    "monetizations?price.amount__lt=20": (
        "price.amount__lt",
        ["price.currency=USD&price.per=month"],
    ),
    "monetizations?price.amount__lt=20&price.currency=USD": (
        "price.amount__lt",
        ["price.per=month"],
    ),
    "changes?kinds=investment&filter=amount>1": ("filter", ["currency=USD&status=actual"]),
    "diff?collection=usage&from=rev:1&filter=value>1": ("filter", ["metric=downloads"]),
}
ANSWERED = [
    "aggregate/investments?group_by=currency,status&metrics=sum(amount)&having=sum(amount)>1",
    "aggregate/investments?group_by=vendor_id,status&metrics=sum(amount)&currency=USD",
    "aggregate/investments?group_by=currency,status,type&metrics=max(amount)&sort=-max(amount)",
    "aggregate/usage?group_by=product_id&metrics=avg(value)&metric=downloads",
    "aggregate/usage?group_by=value",
    "aggregate/monetizations?group_by=price.per&metrics=avg(price.amount)&price.currency=USD",
    "aggregate/monetizations?group_by=product_id&metrics=sum(price.amount)&price.currency=CNY"
    "&price.per__isnull=true",
    "investments?amount__gte=1000000000&currency=USD&status=actual&sort=-amount",
    "investments?filter=(currency=USD AND amount>1000) OR (currency=CNY AND amount>7000)"
    "&status=planned",
    "investments?filter=(currency=USD AND amount>1) OR (currency=USD AND type=capex)"
    "&status=planned&sort=amount",
    "investments?sort=currency,-status,-amount",
    "investments?amount__isnull=true",
    "investments?filter=amount:*",
    "usage?sort=metric,-value",
    "changes?kinds=investment&filter=amount>1 AND currency=USD AND status=actual",
]


def told(answer: httpx.Response) -> list[dict]:
    assert answer.status_code == 400, answer.text
    return [error for error in answer.json()["errors"] if error["code"] == "mixed_units"]


@pytest.mark.parametrize("question", REFUSED)
async def test_what_mixes_units_is_refused_with_the_way_out(
    client: httpx.AsyncClient, question: str
) -> None:
    parameter, ways_out = REFUSED[question]
    for lang in LANGUAGES:
        if not question.startswith(("changes", "diff")):
            answer = await client.get(f"/v1/{question}&lang={lang}")
        else:
            answer = await client.get(f"/v1/{question}", headers={"accept-language": lang})
        (fault,) = told(answer)
        assert fault["parameter"] == parameter
        assert all(way in fault["detail"] for way in ways_out)
        assert bool(re.search(r"[\u4e00-\u9fff]", fault["detail"])) == (lang == "zh")


@pytest.mark.parametrize("question", ANSWERED)
async def test_what_has_one_unit_is_answered(client: httpx.AsyncClient, question: str) -> None:
    answer = await client.get(f"/v1/{question}")
    assert answer.status_code == 200, answer.text


async def test_every_way_out_leads_out(client: httpx.AsyncClient) -> None:
    asked = "/v1/aggregate/investments?group_by=type&metrics=sum(amount),count"
    (fault,) = told(await client.get(asked))
    fixing, keys = (w.rstrip(",") for w in re.findall(r"[a-z_]+=[\w=&,]+", fault["detail"]))
    assert (await client.get(f"{asked}&{fixing}")).status_code == 200
    assert (await client.get(f"{asked}&{keys}")).status_code == 200


async def test_groups_are_ordered_within_their_unit(client: httpx.AsyncClient) -> None:
    asked = "/v1/aggregate/investments?group_by=vendor_id,currency&metrics=sum(amount)&limit=200"
    found = (await client.get(f"{asked}&status=actual&sort=-sum(amount)")).json()
    assert found["meta"]["applied"]["sort"] == ["currency", "-sum(amount)"]
    currencies = [group["currency"] for group in found["data"]]
    assert currencies == sorted(currencies, key=lambda c: (c is None, c))
    assert len(set(currencies)) > 1
    of_one = [float(g["sum(amount)"]) for g in found["data"] if g["currency"] == "USD"]
    assert of_one == sorted(of_one, reverse=True)
