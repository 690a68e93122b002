"""Makes the character tables that `transforms/normalise.py` loads: fold.bin, phrases.csv, readings.json.

In: the dictionaries inside the `opencc` wheel (Apache-2.0), the readings of `pypinyin` (MIT), and our own additions
(ambiguous.csv, own_phrases.csv, radicals.csv). Run by hand after a change: `python data/lookups/build_characters.py`.
"""

import csv
import json
import subprocess
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import opencc
from pypinyin.pinyin_dict import pinyin_dict

HERE = Path(__file__).resolve().parent / "characters"
SPACES = (0x09, 0x0B, 0x0C, 0x0D, *range(0x1C, 0x20), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029)
SPACES += (0x202F, 0x205F, 0x3000)
SIGNS = {"﹝": "〔", "﹞": "〕", "∶": ":", "︰": ":", "−": "-", "‐": "-", "‑": "-", "￥": "¥"}
COMPATIBLE = (range(0x2F00, 0x2FE0), range(0xF900, 0xFB00))
URO = range(0x4E00, 0xA000)
# OpenCC writes 复 where two words meet (說明|覆蓋), and 坯 for the simplified 坏 (打坏): only these words are safe.
REPLIES = ("答覆", "批覆", "回覆", "反覆", "重覆", "函覆", "申覆")
UNSAFE = frozenset("坏覆")


def main() -> None:
    """Write the three tables."""
    fold = fold_table()
    units = [ord(fold.get(chr(code), chr(code))) if not 0xD800 <= code < 0xE000 else code for code in range(0x10000)]
    (HERE / "fold.bin").write_bytes(b"".join(unit.to_bytes(2, "little") for unit in units))
    with (HERE / "phrases.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("from", "to", "when"))
        writer.writerows(phrases(fold))
    (HERE / "readings.json").write_text(json.dumps(readings(), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def fold_table() -> dict[str, str]:
    """One basic-plane character to one: width, spaces, radicals, then traditional to simplified."""
    simplified = {key: value for key, value in _opencc("TSCharacters") if len(key) == 1}
    simplified |= {row["from"]: row["to"] for row in _rows("ambiguous.csv")}
    width = dict(_width())
    every = {character: _settle(width.get(character, character), simplified) for character in width | simplified}
    return {key: value for key, value in every.items() if key != value and max(ord(key), ord(value)) < 0x10000}


def phrases(fold: dict[str, str]) -> list[tuple[str, str, str]]:
    """(folded phrase, its simplified form, when): what the table leaves alone and only a word can decide.

    `when` is `traditional` where the phrase could stand in a simplified text, else `always`.
    """
    ours = [(row["from"], row["to"]) for row in _rows("own_phrases.csv")]
    theirs = [pair for pair in _opencc("TSPhrases") if UNSAFE.isdisjoint(pair[0]) or pair[0] in REPLIES]
    found = {_folded(printed, fold): target for printed, target in theirs if _only_left_alone(printed, target, fold)}
    changing = {key: target for key, target in found.items() if key != target}
    kept = changing | {_folded(printed, fold): target for printed, target in ours}
    return [(key, target, "traditional" if _in_gb2312(key) else "always") for key, target in sorted(kept.items())]


def readings() -> dict[str, str]:
    """Toned syllable -> the characters that can be read so."""
    found = defaultdict(list)
    for code in URO:
        for syllable in pinyin_dict.get(code, "").split(","):
            found[unicodedata.normalize("NFC", syllable)].append(chr(code))
    found.pop("", None)
    return {syllable: "".join(characters) for syllable, characters in sorted(found.items())}


def _width() -> Iterator[tuple[str, str]]:
    yield from ((chr(code), chr(code - 0xFEE0)) for code in range(0xFF01, 0xFF5F))
    yield from ((chr(code), " ") for code in SPACES)
    yield from SIGNS.items()
    for code in (code for block in COMPATIBLE for code in block):
        folded = unicodedata.normalize("NFKC", chr(code))
        if len(folded) == 1:
            yield chr(code), folded
    yield from ((row["radical"], row["character"]) for row in _rows("radicals.csv"))


def _settle(character: str, table: dict[str, str]) -> str:
    while (following := table.get(character, character)) != character:
        character = following
    return character


def _only_left_alone(printed: str, target: str, fold: dict[str, str]) -> bool:
    """Whether the phrase decides only about characters that the table leaves as they are."""
    places = zip(printed, _folded(printed, fold), _folded(target, fold), target, strict=True)
    return all(after == new and (old == folded or folded == new) for old, folded, after, new in places)


def _folded(text: str, fold: dict[str, str]) -> str:
    return "".join(fold.get(character, character) for character in text)


def _in_gb2312(text: str) -> bool:
    return len(text.encode("gb2312", "ignore")) == 2 * len(text)


def _opencc(name: str) -> Iterable[tuple[str, str]]:
    """The entries of a dictionary in the installed wheel, first choice only, decoded by the wheel's own tool."""
    home = Path(opencc.__file__).parent / "clib"
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / f"{name}.txt"
        source = home / "share" / "opencc" / f"{name}.ocd2"
        tool = [str(home / "bin" / "opencc_dict"), "-i", str(source), "-o", str(text), "-f", "ocd2", "-t", "text"]
        subprocess.run(tool, check=True)
        entries = [line.split("\t") for line in text.read_text(encoding="utf-8").splitlines()]
    first = [(key, choices.split()[0]) for key, choices in entries]
    return [(key, choice) for key, choice in first if max(map(ord, choice)) < 0x10000]


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main()
