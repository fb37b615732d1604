"""The catalogue as one would build it today: FastAPI, SQLAlchemy and Pydantic over the same tables.

DATABASE_URL names the base, whose rows Parity serves too. What is not asked here it does not do: no
revisions, no formats, no quotas.
"""

import os
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, ConfigDict
from sqlalchemy import (
    ARRAY,
    ForeignKey,
    Select,
    String,
    column,
    func,
    literal,
    select,
    table,
    text,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    joinedload,
    load_only,
    mapped_column,
    relationship,
)

engine = create_async_engine(os.environ["DATABASE_URL"], pool_size=8, max_overflow=0)
sessions = async_sessionmaker(engine, expire_on_commit=False)
app = FastAPI()


async def session() -> Any:
    async with sessions() as opened:
        yield opened


Session = Annotated[AsyncSession, Depends(session)]


class Base(DeclarativeBase):
    type_annotation_map = {  # noqa: RUF012
        list[str]: ARRAY(String),
        dict[str, str]: JSONB,
    }


class Vendor(Base):
    __tablename__ = "vendor"
    id: Mapped[str] = mapped_column(primary_key=True)
    names: Mapped[dict[str, str]]
    country: Mapped[str | None]


class Product(Base):
    __tablename__ = "product"
    id: Mapped[str] = mapped_column(primary_key=True)
    vendor_id: Mapped[str] = mapped_column(ForeignKey("vendor.id"))
    names: Mapped[dict[str, str]]
    vendor: Mapped[Vendor] = relationship()


class Adoption(Base):
    __tablename__ = "adoption"
    id: Mapped[str] = mapped_column(primary_key=True)
    product_id: Mapped[str] = mapped_column(ForeignKey("product.id"))
    feature_id: Mapped[str]
    stage: Mapped[str]
    date: Mapped[str | None]
    date_min: Mapped[date | None]
    date_max: Mapped[date | None]
    until: Mapped[str | None]
    until_min: Mapped[date | None]
    until_max: Mapped[date | None]
    source_ids: Mapped[list[str]]
    note: Mapped[str | None]
    evidence: Mapped[str]
    confidence: Mapped[str | None]
    dispute: Mapped[str | None]
    revision: Mapped[int]
    recorded_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    product: Mapped[Product] = relationship()


class Record(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class ProductName(Record):
    names: dict[str, str]


class AdoptionName(Record):
    id: str
    date: str | None
    product: ProductName


class AdoptionOut(Record):
    id: str
    product_id: str
    feature_id: str
    stage: str
    date: str | None
    date_min: date | None
    date_max: date | None
    until: str | None
    until_min: date | None
    until_max: date | None
    source_ids: list[str]
    note: str | None
    evidence: str
    confidence: str | None
    dispute: str | None
    revision: int
    recorded_at: datetime
    updated_at: datetime


class Adoptions(BaseModel):
    data: list[AdoptionOut]
    total: int | None = None


class AdoptionNames(BaseModel):
    data: list[AdoptionName]


class Group(BaseModel):
    feature_id: str
    count: int


class Groups(BaseModel):
    data: list[Group]


class Hit(BaseModel):
    type: str
    id: str
    name: str


class Hits(BaseModel):
    data: list[Hit]


@app.get("/adoptions/{adoption_id}")
async def get_adoption(db: Session, adoption_id: str) -> AdoptionOut:
    found = await db.get(Adoption, adoption_id)
    if found is None:
        raise HTTPException(404)
    return AdoptionOut.model_validate(found)


@app.get("/adoptions")
async def list_adoptions(
    db: Session,
    but: str,
    feature_id: str | None = None,
    country: str | None = None,
    total: bool = False,
    limit: int = 50,
) -> Adoptions:
    asked = select(Adoption).where(Adoption.id != but)
    if feature_id is not None:
        asked = asked.where(Adoption.feature_id == feature_id)
    if country is not None:
        asked = asked.join(Adoption.product).join(Product.vendor).where(Vendor.country == country)
    rows = await db.scalars(asked.order_by(Adoption.id).limit(limit))
    n = await db.scalar(select(func.count()).select_from(asked.subquery())) if total else None
    return Adoptions(data=[AdoptionOut.model_validate(row) for row in rows], total=n)


@app.get("/adoption-names")
async def list_adoption_names(db: Session, but: str, limit: int = 50) -> AdoptionNames:
    asked = (
        select(Adoption)
        .where(Adoption.id != but)
        .options(
            load_only(Adoption.id, Adoption.date),
            joinedload(Adoption.product).load_only(Product.names),
        )
    )
    rows = await db.scalars(asked.order_by(Adoption.id).limit(limit))
    return AdoptionNames(data=[AdoptionName.model_validate(row) for row in rows])


@app.get("/adoptions-by-feature")
async def count_adoptions(db: Session, but: str, limit: int = 50) -> Groups:
    asked = (
        select(Adoption.feature_id, func.count().label("n"))
        .where(Adoption.id != but)
        .group_by(Adoption.feature_id)
        .order_by(Adoption.feature_id)
        .limit(limit)
    )
    rows = await db.execute(asked)
    return Groups(data=[Group(feature_id=feature, count=n) for feature, n in rows])


def named(condition: str) -> Select[Any]:
    """Of the three tables with names, what the condition on `names` holds for."""
    tables = (table(name, column("id"), column("names", JSONB)) for name in NAMED)
    parts = [
        select(literal(each.name).label("type"), each.c.id, each.c.names).where(text(condition))
        for each in tables
    ]
    found = union_all(*parts).subquery()
    return select(found).order_by(func.length(found.c.names["en"].astext), found.c.id)


NAMED = ("vendor", "product", "feature")
# An index on the trigrams of the names answers the first comparison (bench/bases.py).
INSIDE = "trigrams(names) @> trigrams_of(:q) AND (names->>'en' ILIKE :inside OR names->>'zh' ILIKE :inside)"  # noqa: E501
BEGINS = "lower(names->>'en') COLLATE \"C\" LIKE :begins"


@app.get("/search")
async def search(db: Session, q: str, limit: int = 20) -> Hits:
    given = {"q": q, "inside": f"%{q}%"}
    return hits((await db.execute(named(INSIDE).limit(limit), given)).all())


@app.get("/suggest")
async def suggest(db: Session, q: str, limit: int = 10) -> Hits:
    return hits((await db.execute(named(BEGINS).limit(limit), {"begins": f"{q.lower()}%"})).all())


def hits(rows: Any) -> Hits:
    return Hits(data=[Hit(type=row.type, id=row.id, name=row.names["en"]) for row in rows])
