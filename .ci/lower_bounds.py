"""Print the lowest version that pyproject.toml allows of each dependency, as pip constraints."""

import re
import tomllib
from pathlib import Path

project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
extras = [each for names in project["optional-dependencies"].values() for each in names]
for requirement in [*project["dependencies"], *(each for each in extras if ">=" in each)]:
    print(re.sub(r">=", "==", requirement))  # noqa: T201 - what this script is for
