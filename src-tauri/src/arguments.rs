//! What the program is started with: `[--data DIR] [--password-file FILE]`.

use std::ffi::OsString;
use std::path::PathBuf;

/// The arguments, as given.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    /// The data folder instead of the person's own.
    pub data: Option<PathBuf>,
    /// Where the password stands; honoured only for a sample.
    pub password_file: Option<PathBuf>,
}

impl Arguments {
    /// Reads them; what is not known is passed over, since desktops add arguments of their own.
    pub fn from_words(words: impl IntoIterator<Item = OsString>) -> Self {
        let mut arguments = Self::default();
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            match word.to_str() {
                Some("--data") => arguments.data = words.next().map(PathBuf::from),
                Some("--password-file") => arguments.password_file = words.next().map(PathBuf::from),
                _ => {}
            }
        }
        arguments
    }
}

#[cfg(test)]
mod tests {
    use super::Arguments;

    #[test]
    fn known_arguments_are_read_and_others_passed_over() {
        let words = ["--gapplication-service", "--data", "/tmp/a b", "--password-file", "p"];
        let arguments = Arguments::from_words(words.map(Into::into));
        assert_eq!(arguments.data, Some("/tmp/a b".into()));
        assert_eq!(arguments.password_file, Some("p".into()));
    }
}
