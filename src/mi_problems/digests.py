"""Digests without hashlib where Python has them so: that loads OpenSSL, which takes longer than all the hashing."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__all__ = ["blake2b", "sha256"]

if TYPE_CHECKING:
    from hashlib import blake2b, sha256
else:

    def _of(name: str, *modules: str) -> Any:
        """The digest of this name from the first of these modules that is there."""
        for module in modules:
            try:
                return getattr(import_module(module), name)
            except (ImportError, AttributeError):
                continue
        return getattr(import_module("hashlib"), name)

    blake2b = _of("blake2b", "_blake2")
    sha256 = _of("sha256", "_sha2", "_sha256")  # since 3.12, and before
