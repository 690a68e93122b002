"""What holds for all tests: properties have no deadline; how long an example takes says nothing on a shared machine."""

from hypothesis import settings

settings.register_profile("gongkai", deadline=None)
settings.load_profile("gongkai")
