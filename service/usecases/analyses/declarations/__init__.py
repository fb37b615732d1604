"""The analyses: every module here declares one as DECLARATION, or several that are told alike as
DECLARATIONS."""

from importlib import import_module
from pkgutil import iter_modules

from service.usecases.analyses.declaration import Analysis, Declaration, Metric

_MODULES = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)]
DECLARATIONS: tuple[Declaration, ...] = tuple(
    one
    for module in _MODULES
    for one in (module.DECLARATIONS if hasattr(module, "DECLARATIONS") else (module.DECLARATION,))
)
ANALYSES: tuple[Analysis, ...] = tuple(d for d in DECLARATIONS if isinstance(d, Analysis))
METRICS: dict[str, Metric] = {
    metric.name: metric
    for metric in sorted(
        {metric for declaration in DECLARATIONS for metric in declaration.metrics},
        key=lambda metric: metric.name,
    )
}
