"""By which key an imported entry is known for one that is there already (design §2.4).

A row with an external id is that id's for ever. One without is known by what it says, together with
its running number among the rows of the file that say the same. An entry that was made here and
exported carries its own key as its external id, so that it is known wherever it comes back.
"""

from collections.abc import Iterable
from hashlib import blake2b

_OWN = "pacesetter:"
_EXTERNAL = "ext:"
_CONTENT = "row:"


def external_key(external_id: str) -> tuple[str | None, str]:
    """The external id to store, None for one that an export made up, and the dedupe key."""
    if external_id.startswith(_OWN):
        return None, external_id.removeprefix(_OWN)
    return external_id, _EXTERNAL + external_id


def content_key(said: Iterable[object]) -> str:
    """Equal for rows that say the same; a number is still to be added."""
    text = "\x1f".join(map(repr, said))
    return _CONTENT + blake2b(text.encode(), digest_size=16).hexdigest()


def exported_id(external_id: str | None, dedupe_key: str) -> str | None:
    """The external id by which an exported entry will be known when it is imported again."""
    if external_id is not None:
        return external_id
    return None if dedupe_key.startswith(_CONTENT) else _OWN + dedupe_key
