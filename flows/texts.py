"""The wording of the quality site and the command line: data/texts/site.yml in, phrases in two languages out."""

from functools import cache

from pydantic import BaseModel, ConfigDict, TypeAdapter

from transforms.forms import load


class Phrase(BaseModel):
    """One thing to say, in both languages; `{…}` are filled by the caller."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    zh: str
    en: str

    def fill(self, **values: object) -> "Phrase":
        """The same phrase with its placeholders filled; a Phrase among the values speaks its own language in each."""
        chinese = {name: value.zh if isinstance(value, Phrase) else value for name, value in values.items()}
        english = {name: value.en if isinstance(value, Phrase) else value for name, value in values.items()}
        return Phrase(zh=self.zh.format(**chinese), en=self.en.format(**english))


@cache
def texts() -> dict[str, dict[str, Phrase]]:
    """Groups of phrases by name, as declared; raises pydantic.ValidationError when the file is not as it should be."""
    declared = load("texts/site.yml")
    return TypeAdapter(dict[str, dict[str, Phrase]]).validate_python(declared)


def label(group: str, code: str) -> Phrase:
    """The phrase of a code (a status, a section, a state …); a code without wording stands for itself."""
    return texts()[group].get(code) or Phrase(zh=code, en=code)
