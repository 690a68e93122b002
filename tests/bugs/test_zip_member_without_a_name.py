"""A member with an empty name made Python 3.11's `is_dir` raise while files were collected: the whole run was lost."""

import zipfile
from io import BytesIO

from flows.archives import expanded


def nameless():
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("a", b"1")
        package.writestr("b.txt", b"2")
    data = target.getvalue()
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    # The name's byte becomes an extra byte: lengths of name and extra field change places.
    for start in (central + 28, local + 26):
        data = data[:start] + b"\0\0\1\0" + data[start + 4 :]
    return data


def test_the_others_are_collected():
    found = list(expanded("a.zip", nameless()))
    assert ("a.zip!/b.txt", b"2") in [(member.name, member.data) for member in found]
