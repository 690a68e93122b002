"""The expectation on one identity, as Great Expectations takes expectations of one's own.

To be imported when it is needed, for it imports the library.
"""

from great_expectations.compatibility.pydantic import PrivateAttr
from great_expectations.expectations.core.expect_column_values_to_be_between import ExpectColumnValuesToBeBetween
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration


class ExpectResidualToBeWithinTolerance(ExpectColumnValuesToBeBetween):
    """Left minus right lies between the two values.

    The library asks an expectation a hundred times what it is made of and makes the answer anew each time, which is a
    third of a validation; here it is made once, for nothing changes an expectation after it is declared.
    """

    _made_of: ExpectationConfiguration | None = PrivateAttr(None)

    @property
    def configuration(self) -> ExpectationConfiguration:
        """What the expectation is made of."""
        if self._made_of is None:
            self._made_of = super().configuration
        return self._made_of
