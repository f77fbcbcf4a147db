"""The same results as charts, documents and workbooks."""
