"""Clients in other programs' languages, made from the OpenAPI document."""

from service.formats.clients import python_operations, python_types, typescript
from service.formats.clients.document import Document, Json

LANGUAGES = ("python", "typescript")


def files(content: Json, language: str) -> dict[str, str]:
    """What the document makes of a client: texts by their place in its folder.

    Raises ValueError for a document that says what the clients could not send.
    """
    document = Document(content)
    if language == "python":
        return {
            "parity_client/models.py": python_types.models(document),
            "parity_client/_operations.py": python_operations.operations(document),
            "parity_client/_parameters.py": python_types.parameters(document),
        }
    return {
        "models.d.ts": typescript.models(document),
        "parameters.d.ts": typescript.parameters(document),
        "paths.d.ts": typescript.paths(document),
    }
