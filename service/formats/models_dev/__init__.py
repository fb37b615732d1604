"""The public catalogue of models.dev as records of the import format.

Vendors are the labs, products their models, features what the catalogue says a model can do; prices
become monetizations; what resellers list are offerings. A capability was gained between a model's
release and its last update, so that is its date. Every snapshot is also a survey: of the
catalogue's features, those that a model does not show were absent on the day. So a second snapshot
narrows dates, ends what is gone and never deletes. A model that is no longer listed stays as it is:
delisting is no proof of withdrawal.
"""

from service.formats.models_dev.catalogue import InvalidCatalogue, read_catalogue, snapshot_day
from service.formats.models_dev.matching import Known, Record
from service.formats.models_dev.reports import Catalogue, Problem

__all__ = [
    "Catalogue",
    "InvalidCatalogue",
    "Known",
    "Problem",
    "Record",
    "read_catalogue",
    "snapshot_day",
]
