//! For tests only: fixtures, other people's tools as judges.
