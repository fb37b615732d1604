"""The methods by which figures are made: ids and versions, as every answer names them."""

from msgspec import Struct


class Method(Struct, frozen=True, kw_only=True):
    """Which method, in which version, asked with which parameters."""

    id: str
    version: str
    parameters: dict[str, object]
    href: str


VERSIONS = {
    "homogenization": "1.0.0",
    "feature-homogenization": "1.0.0",
    "product-homogenization": "1.0.0",
    "vendor-portfolio": "1.0.0",
    "business-model-homogenization": "1.0.0",
    "time-to-copy": "1.0.0",
    "pooled-time-to-copy": "1.0.0",
    "copy-trend": "1.0.0",
    "vendor-league": "1.0.0",
    "copy-forecast": "1.0.0",
    "forecast-backtest": "1.0.0",
}


def method(method_id: str, parameters: dict[str, object]) -> Method:
    return Method(
        id=method_id,
        version=VERSIONS[method_id],
        parameters=dict(sorted(parameters.items())),
        href=f"/v1/methods/{method_id}",
    )
