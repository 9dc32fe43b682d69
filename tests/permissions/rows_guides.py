from tests.permissions.matrix import STAFF, Row, only

FOR_STAFF = {"get": only(200, *STAFF, otherwise=302), "post": only(405, *STAFF, otherwise=302)}
ROWS = [Row("guides_review_report", **FOR_STAFF), Row("guides_review_report_results", **FOR_STAFF)]
