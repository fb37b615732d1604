"""The version of the API's contract."""

API_VERSION = "1.0.0"
DESCRIBED_BY = '</v1/schema>; rel="describedby"'
LICENCE = '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
