"""Syllables that a converter wrote behind characters kept the digit of their tone, and stood in published names."""

from transforms.normalise import normalise

HAUNTED = "人(ren2)民(min2)政(zheng4)府(fu3)公(gong1)开(kai1)"


def test_they_are_dropped_with_their_digits():
    assert normalise([HAUNTED]).plains == ["人民政府公开"]


def test_what_is_no_reading_of_the_character_stays():
    assert normalise([f"{HAUNTED}表(a1)"]).plains == ["人民政府公开表(a1)"]
