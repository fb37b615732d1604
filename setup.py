"""What `pyproject.toml` cannot say: files outside the package that an installed service needs."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

BROUGHT = (
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "LICENSE",
    "LICENSE-DATA",
    "docs",
    "migrations",
    "openapi/clients/python/README.md",
    "openapi/clients/typescript/README.md",
    "openapi/examples",
)


class BuildWithResources(build_py):
    """Copies them into the package, where `service.resources` finds them."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        for name in BROUGHT:
            copied = Path(self.build_lib) / "service" / name
            copied.parent.mkdir(parents=True, exist_ok=True)
            if Path(name).is_dir():
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(name, copied, dirs_exist_ok=True, ignore=ignored)
            else:
                shutil.copy(name, copied)


setup(cmdclass={"build_py": BuildWithResources})
