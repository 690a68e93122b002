"""A simplified text in other scripts: traditional by a character converter, with or without ghost pinyin.

`opencc` and `pypinyin` are tools of the tests only. Ghosts stand as measurements.md §2 found them: after every
occurrence of some two dozen characters that the converter changed, each with always the same toned syllable.
"""

from functools import cache

import opencc
import pypinyin

SCRIPTS = ("simplified", "traditional", "ghosted")
GHOSTED = 24


def in_script(text: str, script: str) -> str:
    """The text in this script; raises ValueError for an unknown one."""
    if script == "simplified":
        return text
    if script == "traditional":
        return _converted(text, "s2t")
    if script == "ghosted":
        return _haunt(_converted(text, "s2t"))
    raise ValueError(script)


def ghosts(text: str) -> dict[str, str]:
    """The characters of a traditional text that carry a ghost, with their syllable."""
    changed = [char for char in dict.fromkeys(text) if _converted(char, "t2s") != char]
    return {char: pypinyin.pinyin(char)[0][0] for char in changed[:GHOSTED]}


def _haunt(text: str) -> str:
    return text.translate({ord(char): f"{char}({syllable})" for char, syllable in ghosts(text).items()})


def _converted(text: str, table: str) -> str:
    return str(_converter(table).convert(text))


@cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)
