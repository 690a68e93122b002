"""Great Expectations and nothing else: declared identities become suites, suites become a verdict."""
