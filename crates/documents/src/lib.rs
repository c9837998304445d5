//! Paper and sheets: spreadsheets read and written, and the text of old fonts.
//!
//! Bytes in, values out. Owes its callers a reading of every sheet that survives hostile and careless files, and says
//! in [`lists::Problem`]s what was not taken as it stood. Leaves files, matching with the register and sentences to
//! others: problems are codes, words and headings are data in `assets/imports`.

pub mod export;
pub mod legacy;
pub mod lists;
pub mod sheet;
