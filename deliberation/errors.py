"""What can go wrong in the procedure: classes with a stable code and parameters. Their sentences are made elsewhere."""

from collections.abc import Callable, Mapping
from typing import ClassVar


class DomainError(Exception):
    """An intention that the procedure refuses.

    `code` names the message in the catalogue; `params` fill its placeholders. Neither is a sentence.
    """

    code: ClassVar[str]

    def __init__(self, **params: object) -> None:
        super().__init__(self.code)
        self.params = params

    def __reduce__(self) -> tuple[Callable[..., "DomainError"], tuple[object, ...]]:
        # An exception that comes back from another process would otherwise be rebuilt from its message alone.
        return _made_again, (type(self), self.params)

    def __str__(self) -> str:
        return " ".join([self.code, *(f"{name}={value!r}" for name, value in self.params.items())])


def _made_again(kind: type[DomainError], params: Mapping[str, object]) -> DomainError:
    return kind(**params)
