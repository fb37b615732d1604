import pytest

pytest.register_assert_rewrite("tests.answers", "tests.duplicates", "tests.make", "tests.sweeping")
