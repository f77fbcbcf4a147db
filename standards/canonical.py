"""One text for one pack: what an assessment pins."""

import json

from standards.models import PackModel


def canonical(pack: PackModel) -> str:
    """The pack as compact JSON, keys sorted, defaults left out: equal packs give equal texts.

    `type(pack).model_validate_json` reads it back as an equal pack. That holds for pinned packs as long as no
    default of the models is changed: a default is a part of the format.
    """
    data = pack.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)
