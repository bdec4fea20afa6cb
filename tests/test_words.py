"""Every word in both languages: nothing missing, fuzzy or stale, and the compiled catalogue is the written one."""

from __future__ import annotations

import re

from floorlead import words
from tests.catalogue import compiled, extracted, written


def test_every_message_is_translated_and_none_is_stale() -> None:
    there = {m.id for m in written() if m.id}

    assert extracted() - there == set()
    assert there - extracted() == set()


def test_no_translation_is_empty_or_fuzzy() -> None:
    for message in written():
        if message.id:
            assert message.string, message.id
            assert not message.fuzzy, message.id


def test_fields_are_the_same_in_both_languages() -> None:
    for message in written():
        if message.id:
            fields = [sorted(re.findall(r"\{[^}]*\}", text)) for text in (message.id, message.string)]
            assert fields[0] == fields[1], message.id


def test_the_compiled_catalogue_is_the_written_one() -> None:
    assert compiled() == {m.id: m.string for m in written() if m.id}


def test_language_from_the_locale(monkeypatch) -> None:
    """`zh*` is Chinese, all else English; the empty message stays empty."""
    for value, expected in (("zh_CN.UTF-8", "zh"), ("zh_TW", "zh"), ("en_GB.UTF-8", "en"), ("de_DE", "en"), ("", "en")):
        monkeypatch.setenv("LC_ALL", value)
        monkeypatch.delenv("LANG", raising=False)
        monkeypatch.delenv("LC_MESSAGES", raising=False)
        assert words.from_locale() == expected
    assert words._("") == ""
