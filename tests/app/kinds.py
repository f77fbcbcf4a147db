"""The sample packs with a question of every kind, as packs of an operator's own."""

from pathlib import Path
from shutil import copyfile

from tests.standards.samples import EXAMPLES

SECTION = "/sections/kinds"
WHERE = {
    "sample-framework.yaml": "standards/sample/1.0.yaml",
    "sample-kinds.yaml": "questionnaires/sample-kinds/1.yaml",
    "sample-kinds-quick.yaml": "questionnaires/sample-kinds-quick/1.yaml",
}


def packs_in(folder: Path) -> Path:
    """Put the sample edition, `sample-kinds` and the quick check that goes on to it into a folder."""
    for name, where in WHERE.items():
        (folder / where).parent.mkdir(parents=True, exist_ok=True)
        copyfile(EXAMPLES / name, folder / where)
    return folder
