"""What is said of the data set at a revision: its name, its files, where it can be had."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from service.query.fields import Collection
from service.query.registry import COLLECTIONS
from service.texts.messages import message

NAME, ARCHIVE = "parity", "dataset.zip"
PATH = "/v1/exports/dataset"
LICENCE_NAME, LICENCE_TITLE = "CC-BY-4.0", "Creative Commons Attribution 4.0 International"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
ZIP, CSV, NDJSON = "application/zip", "text/csv", "application/x-ndjson"
PARQUET = "application/vnd.apache.parquet"
KEYWORDS = ("artificial intelligence", "market", "products", "features", "homogenization")


@dataclass(frozen=True)
class DataFile:
    """A file of the archive; size and hash are of its bytes as they are unpacked."""

    collection: Collection
    media_type: str
    rows: int
    bytes: int
    sha256: str

    @property
    def path(self) -> str:
        return data_path(self.collection, self.media_type)


@dataclass(frozen=True)
class Edition:
    """The data set at a revision. `files` are those that are written so far; the archive's own size
    and hash are known when it is complete.
    """

    revision: int
    instant: datetime
    lang: str
    public_url: str
    files: tuple[DataFile, ...] = ()
    bytes: int = 0
    sha256: str = ""

    @property
    def title(self) -> str:
        return message("exports.title", self.lang)

    @property
    def description(self) -> str:
        return message("exports.description", self.lang)

    @property
    def version(self) -> str:
        """As versions are written: the revision is the minor number."""
        return f"1.{self.revision}.0"

    @property
    def day(self) -> str:
        return self.instant.astimezone(UTC).date().isoformat()

    @property
    def query(self) -> str:
        """What pins an address to this edition."""
        return f"as_of=rev:{self.revision}&lang={self.lang}"

    @property
    def url(self) -> str:
        """Where it is described, for ever."""
        return f"{self.public_url}{PATH}?{self.query}"

    @property
    def archive_url(self) -> str:
        return f"{self.public_url}{PATH}.zip?{self.query}"

    @property
    def citation(self) -> str:
        told = {"revision": self.revision, "day": self.day, "url": self.url}
        return message("exports.citation", self.lang, **told)

    @property
    def tables(self) -> tuple[DataFile, ...]:
        return tuple(file for file in self.files if file.media_type == CSV)

    def with_file(self, file: DataFile) -> "Edition":
        return replace(self, files=(*self.files, file))


def data_path(collection: Collection, media_type: str) -> str:
    """Where a collection stands in the archive."""
    return f"data/{collection.name}.{'csv' if media_type == CSV else 'ndjson'}"


def in_order() -> tuple[Collection, ...]:
    """The collections as an export lists them: sources last."""
    return (*COLLECTIONS[1:], COLLECTIONS[0])
