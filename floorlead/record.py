"""Frozen records that cost a start next to nothing: what `dataclasses` would compile at import is made on first use.

Half a hundred record classes stood for a third of the program's own import time; type checkers see them as frozen
dataclasses, and at run time they compare, hash, print and refuse changes like those.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """Make a class with annotated fields a frozen record; defaults are class attributes and must not be mutable."""
    own = {"__record_fields__": tuple(cls.__annotations__), "__init__": _first_init(cls), **_METHODS}
    for name, value in own.items():
        setattr(cls, name, value)
    return cls


def _first_init(cls: type[Any]) -> Callable[..., None]:
    """A constructor that compiles the real one when the first record is made."""

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:
        cls.__init__ = _compiled_init(cls)
        cls.__init__(self, *args, **kwargs)

    return __init__


def _compiled_init(cls: type[Any]) -> Callable[..., None]:
    names = cls.__record_fields__
    defaults = {f"_{name}": cls.__dict__[name] for name in names if name in cls.__dict__}
    arguments = ", ".join(f"{name}=_{name}" if f"_{name}" in defaults else name for name in names)
    body = "\n".join(f"    _kept_[{name!r}] = {name}" for name in names)
    made: dict[str, Any] = {}
    exec(f"def __init__(self, {arguments}):\n    _kept_ = self.__dict__\n{body}", defaults, made)
    found: Callable[..., None] = made["__init__"]
    return found


def _equal(self: Any, other: object) -> Any:
    return self.__dict__ == other.__dict__ if type(other) is type(self) else NotImplemented


def _hash(self: Any) -> int:
    return hash((type(self), *self.__dict__.values()))


def _repr(self: Any) -> str:
    return f"{type(self).__name__}({', '.join(f'{k}={v!r}' for k, v in self.__dict__.items())})"


def _refuse(self: Any, name: str, *_value: Any) -> None:
    raise AttributeError(f"{type(self).__name__}.{name} never changes")


_METHODS: dict[str, Any] = {
    "__eq__": _equal, "__hash__": _hash, "__repr__": _repr, "__setattr__": _refuse, "__delattr__": _refuse,
}  # fmt: skip


def replace(made: T, /, **changes: Any) -> T:
    """The same record with some fields changed."""
    return type(made)(**{**made.__dict__, **changes})


def fields(kind: type[Any] | Any) -> tuple[str, ...]:
    """The names of a record's fields, in their order."""
    found: tuple[str, ...] = kind.__record_fields__
    return found


def asdict(value: Any) -> Any:
    """A record as plain dictionaries, lists and values, whatever it holds."""
    if hasattr(value, "__record_fields__"):
        return {name: asdict(inner) for name, inner in value.__dict__.items()}
    if isinstance(value, Mapping):
        return {key: asdict(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [asdict(inner) for inner in value]
    return value
