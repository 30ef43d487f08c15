//! Will these certificates be accepted? Elasticsearch's verdict before it is asked.
