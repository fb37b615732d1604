"""Random writes of every sort against a plain dictionary, with invariants after every step."""

import copy
import random
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import msgspec
import pytest

from service.store.database import Database
from tests.answers import bearer
from tests.clients import served
from tests.make import new_key

STEPS = 60
FEATURES = [f"f{n}" for n in range(4)]
COMPARED = {"vendors": ("country",), "products": ("vendor_id",), "adoptions": ("note",)}
Plain = dict[str, dict[str, dict[str, Any]]]
Send = Callable[..., Awaitable[httpx.Response]]


class Model:
    """What the base should hold, as of every revision, and what was said so far."""

    def __init__(self, revision: int) -> None:
        self.now: Plain = {name: {} for name in COMPARED}
        self.merged: dict[str, str] = {}
        self.retired: set[tuple[str, str]] = set()
        self.revision = revision
        self.past: dict[int, Plain] = {revision: copy.deepcopy(self.now)}
        self.ended = {revision: (dict(self.merged), set(self.retired))}
        self.told: list[tuple[str, dict[str, Any], str, bytes]] = []
        self.imports: list[tuple[str, int, Plain]] = []
        self.serial = 0

    def name(self, prefix: str) -> str:
        self.serial += 1
        return f"{prefix}{self.serial}"

    def advance(self, answer: httpx.Response) -> None:
        self.revision += 1
        assert int(answer.headers["dataset-revision"]) == self.revision
        self.past[self.revision] = copy.deepcopy(self.now)
        self.ended[self.revision] = (dict(self.merged), set(self.retired))


class Play:
    """One random history: each step is a request and what the model makes of it."""

    def __init__(self, client: httpx.AsyncClient, secret: str, seed: int, revision: int) -> None:
        self.client = client
        self.headers = bearer(secret)
        self.rng = random.Random(seed)
        self.model = Model(revision)

    async def send(
        self, method: str, path: str, body: Any = None, **headers: str
    ) -> httpx.Response:
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.request(method, path, json=body, headers=self.headers | more)

    def pick(self, name: str) -> str | None:
        ids = sorted(self.model.now[name])
        return self.rng.choice(ids) if ids else None

    async def create_vendor(self) -> None:
        vendor, country = self.model.name("v"), self.rng.choice(["CN", "US"])
        body = {"name": vendor.upper(), "country": country, "comment": "new"}
        answer = await self.send("PUT", f"/v1/vendors/{vendor}", body, if_none_match="*")
        assert answer.status_code == 201, answer.text
        self.model.now["vendors"][vendor] = {"country": country}
        self.model.advance(answer)

    async def create_product(self) -> None:
        if (vendor := self.pick("vendors")) is None:
            return
        product = self.model.name("p")
        body = {"name": product, "vendor_id": vendor, "market_ids": ["m"], "launched": "2024-01",
                "comment": "new"}  # fmt: skip
        answer = await self.send("PUT", f"/v1/products/{product}", body)
        assert answer.status_code == 201, answer.text
        self.model.now["products"][product] = {"vendor_id": vendor}
        self.model.advance(answer)

    async def create_adoption(self) -> None:
        if (product := self.pick("products")) is None:
            return
        key, path = self.model.name("key-"), "/v1/adoptions"
        body = {"product_id": product, "feature_id": self.rng.choice(FEATURES), "stage": "ga",
                "date": f"2024-{self.rng.randint(1, 12):02}", "status": "unsourced",
                "comment": "seen"}  # fmt: skip
        answer = await self.send("POST", path, body, idempotency_key=key)
        if answer.status_code == 409:
            assert answer.json()["code"] == "conflict_natural_key"
            return
        assert answer.status_code == 201, answer.text
        self.model.now["adoptions"][answer.json()["id"]] = {"note": None}
        self.model.told.append((path, body, key, answer.content))
        self.model.advance(answer)

    async def replay(self) -> None:
        if not self.model.told:
            return
        path, body, key, said = self.rng.choice(self.model.told)
        again = await self.send("POST", path, body, idempotency_key=key)
        assert (again.content, again.headers["idempotent-replayed"]) == (said, "true")

    async def edit(self) -> None:
        if (adoption := self.pick("adoptions")) is None:
            return
        path, note = f"/v1/adoptions/{adoption}", self.model.name("note ")
        read = await self.client.get(path)
        answer = await self.send("PATCH", path, {"note": note, "comment": "more"},
                                 if_match=read.headers["etag"])  # fmt: skip
        assert answer.status_code == 200, answer.text
        self.model.now["adoptions"][adoption] = {"note": note}
        self.model.advance(answer)
        stale = await self.send("PATCH", path, {"note": "lost", "comment": "late"},
                                if_match=read.headers["etag"])  # fmt: skip
        assert stale.status_code == 412, stale.text

    async def edit_nothing(self) -> None:
        if (vendor := self.pick("vendors")) is None:
            return
        same = {**self.model.now["vendors"][vendor], "comment": "the same"}
        answer = await self.send("PATCH", f"/v1/vendors/{vendor}", same, if_match="*")
        assert int(answer.headers["dataset-revision"]) == self.model.revision

    async def retire(self) -> None:
        kind = self.rng.choice(["adoptions", "vendors"])
        if (one := self.pick(kind)) is None:
            return
        is_used = kind == "vendors" and any(
            p["vendor_id"] == one for p in self.model.now["products"].values()
        )
        answer = await self.send("DELETE", f"/v1/{kind}/{one}?comment=gone", if_match="*")
        if is_used:
            assert answer.json()["code"] == "reference_in_use"
            return
        assert answer.status_code == 200, answer.text
        del self.model.now[kind][one]
        self.model.retired.add((kind, one))
        self.model.advance(answer)

    async def merge(self) -> None:
        old, new = self.pick("vendors"), self.pick("vendors")
        if old is None or new is None or old == new:
            return
        answer = await self.send("POST", f"/v1/vendors/{old}/merge", {"into": new, "comment": "1"})
        assert answer.status_code == 200, answer.text
        del self.model.now["vendors"][old]
        for product in self.model.now["products"].values():
            if product["vendor_id"] == old:
                product["vendor_id"] = new
        led = {old: new}
        self.model.merged = {k: led.get(v, v) for k, v in self.model.merged.items()} | led
        self.model.advance(answer)

    async def undo(self) -> None:
        """The newest revision, whatever it was: exact, merges and retirements too."""
        newest = self.model.revision
        if newest - 1 not in self.model.past:
            return
        answer = await self.send("POST", f"/v1/revisions/{newest}/revert?comment=back")
        assert answer.status_code == 200, answer.text
        self.model.now = copy.deepcopy(self.model.past[newest - 1])
        merged, retired = self.model.ended[newest - 1]
        self.model.merged, self.model.retired = dict(merged), set(retired)
        self.model.imports = [one for one in self.model.imports if one[1] != newest]
        self.model.advance(answer)

    async def bring(self) -> None:
        vendor, product = self.model.name("v"), self.model.name("p")
        lines = [
            {"kind": "vendor", "id": vendor, "name": vendor, "country": "FR"},
            {"kind": "product", "id": product, "name": product, "vendor": vendor,
             "markets": ["m"], "launched": "2025"},
        ]  # fmt: skip
        if (known := self.pick("vendors")) is not None:
            lines.append({"kind": "vendor", "id": known, "name": known, "country": "DE"})
        before = copy.deepcopy(self.model.now)
        content = b"\n".join(msgspec.json.encode(line) for line in lines)
        answer = await self.client.post(
            "/v1/imports?comment=file", content=content,
            headers=self.headers | {"content-type": "application/x-ndjson"},
        )  # fmt: skip
        assert answer.status_code in (200, 201), answer.text
        self.model.now["vendors"] |= {vendor: {"country": "FR"}}
        self.model.now["products"][product] = {"vendor_id": vendor}
        if known is not None:
            self.model.now["vendors"][known] = {"country": "DE"}
        self.model.advance(answer)
        self.model.imports.append((answer.json()["id"], self.model.revision, before))

    async def revert(self) -> None:
        """Of the newest import: exact when nothing came after it, else perhaps refused."""
        if not self.model.imports:
            return
        one, revision, before = self.model.imports.pop()
        answer = await self.send("POST", f"/v1/imports/{one}/revert?comment=back")
        if revision == self.model.revision:
            assert answer.status_code == 200, answer.text
            self.model.now = before
            self.model.advance(answer)
        elif answer.status_code == 409:
            assert answer.json()["code"] == "revert_conflict"
        else:
            then, now = self.model.past[revision], self.model.now
            undone = {
                name: {
                    i: (before[name].get(i) if then[name].get(i) != before[name].get(i) else kept)
                    for i, kept in now[name].items()
                }
                for name in COMPARED
            }
            self.model.now = {n: {i: r for i, r in rows.items() if r} for n, rows in undone.items()}
            self.model.advance(answer)

    async def page(self) -> None:
        """An iteration with writes in between reads the revision at which it began."""
        began, seen = copy.deepcopy(self.model.now), list[str]()
        address: str | None = "/v1/vendors?limit=3&sort=-country"
        while address:
            answer = (await self.client.get(address)).json()
            seen += [record["id"] for record in answer["data"]]
            address = answer["page"]["next"]
            await self.create_vendor()
        assert sorted(seen) == sorted(began["vendors"])

    async def holds(self) -> None:
        """The base is the model, now and at a revision of the past; old ids lead or are gone."""
        await self._same(self.model.now, "")
        then = self.rng.choice(sorted(self.model.past))
        await self._same(self.model.past[then], f"&as_of=rev:{then}")
        for old, new in list(self.model.merged.items())[-3:]:
            led = await self.client.get(f"/v1/vendors/{old}")
            if new in self.model.now["vendors"]:
                assert (led.status_code, led.headers["location"]) == (308, f"/v1/vendors/{new}")
            else:
                assert led.status_code in (308, 410)
        for kind, one in sorted(self.model.retired)[-3:]:
            assert (await self.client.get(f"/v1/{kind}/{one}")).status_code == 410

    async def _same(self, plain: Plain, as_of: str) -> None:
        for name, fields in COMPARED.items():
            answer = (await self.client.get(f"/v1/{name}?limit=200{as_of}")).json()
            found = {r["id"]: {f: r[f] for f in fields} for r in answer["data"]}
            assert found == plain[name], (name, as_of)
            assert answer["total"]["value"] == len(plain[name])


@pytest.mark.parametrize("seed", range(4))
async def test_the_base_is_what_a_dictionary_would_be(database: Database, seed: int) -> None:
    _, secret = await new_key(database, "curate")
    async with served(database) as client:
        play = Play(client, secret, seed, 0)
        for name in ("m", *FEATURES):
            kind = "markets" if name == "m" else "features"
            body = {"name": name, "comment": "ground"}
            play.model.advance(await play.send("PUT", f"/v1/{kind}/{name}", body))
        steps = [
            play.create_vendor, play.create_product, play.create_adoption, play.create_adoption,
            play.replay, play.edit, play.edit_nothing, play.retire, play.merge, play.bring,
            play.undo, play.revert, play.page,
        ]  # fmt: skip
        for _ in range(STEPS):
            await play.rng.choice(steps)()
            await play.holds()
        feed = (await client.get("/v1/changes?since=rev:0&limit=1000")).json()
        revisions = {change["revision"] for change in feed["data"]}
        assert revisions == set(range(1, play.model.revision + 1)), "each revision is told"
