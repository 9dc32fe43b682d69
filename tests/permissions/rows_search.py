from tests.permissions.matrix import Row, everybody

ROWS = [
    Row("search:site_search", get=everybody(200)),
    Row("search:suggestions", get=everybody(200)),
]
