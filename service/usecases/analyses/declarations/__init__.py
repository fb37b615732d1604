"""The analyses, a file each: every module here declares one as DECLARATION."""

from importlib import import_module
from pkgutil import iter_modules

from service.usecases.analyses.declaration import Analysis, Declaration, Metric

DECLARATIONS: tuple[Declaration, ...] = tuple(
    import_module(f"{__name__}.{module.name}").DECLARATION for module in iter_modules(__path__)
)
ANALYSES: tuple[Analysis, ...] = tuple(d for d in DECLARATIONS if isinstance(d, Analysis))
METRICS: dict[str, Metric] = {
    metric.name: metric
    for metric in sorted(
        {metric for declaration in DECLARATIONS for metric in declaration.metrics},
        key=lambda metric: metric.name,
    )
}
