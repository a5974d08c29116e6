//! Records out and in: CSV, JSON lines, XLSX and Parquet.
