//! Takes Rust text apart: program, text in quotes, comments; and where the tests begin.
//!
//! A small scanner, no parser: it knows comments, plain, raw and byte strings, character literals and lifetimes.
//! Lines keep their numbers: what is taken out leaves its line breaks.

/// One file, split into what is executed and what is quoted.
pub struct RustText {
    /// Program text; strings are `""`, comments are gone, and so is what stands under `#[cfg(test)]`.
    pub code: String,
    /// The contents of the strings outside tests, each with the number of its first line.
    pub strings: Vec<(usize, String)>,
}

/// Splits one file.
pub fn split(source: &str) -> RustText {
    let characters: Vec<char> = source.chars().collect();
    let mut scanner = Scanner { characters, at: 0, line: 1, code: String::new(), strings: Vec::new() };
    while scanner.at < scanner.characters.len() {
        scanner.step();
    }
    let cut = test_lines(&scanner.code);
    let tests = |line: usize| cut.iter().any(|(from, to)| (*from..=*to).contains(&line));
    let code = scanner.code.lines().enumerate().map(|(at, text)| if tests(at + 1) { "\n".into() } else { format!("{text}\n") });
    RustText { code: code.collect(), strings: scanner.strings.into_iter().filter(|(line, _)| !tests(*line)).collect() }
}

struct Scanner {
    characters: Vec<char>,
    at: usize,
    line: usize,
    code: String,
    strings: Vec<(usize, String)>,
}

impl Scanner {
    fn peek(&self, ahead: usize) -> char {
        self.characters.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn take(&mut self) -> char {
        let c = self.peek(0);
        self.at += 1;
        if c == '\n' {
            self.line += 1;
            self.code.push('\n');
        }
        c
    }

    fn step(&mut self) {
        let word_before = self.code.chars().last().is_some_and(|c| c.is_alphanumeric() || c == '_');
        match (self.peek(0), self.peek(1)) {
            ('/', '/') => {
                while self.at < self.characters.len() && self.peek(0) != '\n' {
                    self.at += 1;
                }
            }
            ('/', '*') => self.block_comment(),
            ('r', '"' | '#') if !word_before || self.code.ends_with('b') => self.raw_string(),
            ('"', _) => self.string(),
            ('\'', '\\') => self.character(),
            ('\'', _) if self.peek(2) == '\'' => self.character(),
            ('\n', _) => {
                self.take();
            }
            (c, _) => {
                self.at += 1;
                self.code.push(c);
            }
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        loop {
            match (self.peek(0), self.peek(1)) {
                ('/', '*') => (depth, self.at) = (depth + 1, self.at + 2),
                ('*', '/') => (depth, self.at) = (depth - 1, self.at + 2),
                _ => {
                    self.take();
                }
            }
            if depth == 0 || self.at >= self.characters.len() {
                return;
            }
        }
    }

    fn string(&mut self) {
        let (line, mut text) = (self.line, String::new());
        self.at += 1;
        self.code.push('"');
        while self.at < self.characters.len() && self.peek(0) != '"' {
            if self.peek(0) == '\\' {
                text.push(self.take());
            }
            text.push(self.take());
        }
        self.at += 1;
        self.code.push('"');
        self.strings.push((line, text));
    }

    fn raw_string(&mut self) {
        let hashes = (1..).take_while(|ahead| self.peek(*ahead) == '#').count();
        if self.peek(hashes + 1) != '"' {
            self.at += 1;
            self.code.push('r');
            return;
        }
        let (line, mut text) = (self.line, String::new());
        self.at += hashes + 2;
        self.code.push('"');
        let ends = |scanner: &Self| scanner.peek(0) == '"' && (1..=hashes).all(|ahead| scanner.peek(ahead) == '#');
        while self.at < self.characters.len() && !ends(self) {
            text.push(self.take());
        }
        self.at += hashes + 1;
        self.code.push('"');
        self.strings.push((line, text));
    }

    fn character(&mut self) {
        let (line, mut text) = (self.line, String::new());
        self.at += 1;
        while self.at < self.characters.len() && self.peek(0) != '\'' {
            if self.peek(0) == '\\' {
                text.push(self.take());
            }
            text.push(self.take());
        }
        self.at += 1;
        self.strings.push((line, text));
    }
}

/// First and last line of each item under `#[cfg(test)]`.
fn test_lines(code: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = code[from..].find("#[cfg(test)]").map(|at| at + from) {
        let mut depth = 0i32;
        let mut end = code.len();
        for (offset, c) in code[at..].char_indices() {
            depth += i32::from(c == '{') - i32::from(c == '}');
            if depth == 0 && matches!(c, '}' | ';') {
                end = at + offset;
                break;
            }
        }
        let line = |position: usize| code[..position].matches('\n').count() + 1;
        found.push((line(at), line(end)));
        from = end.max(at + 1);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn comments_and_quotes_are_told_apart() {
        let text = split(
            "let a = \"x // y\"; // println!\nlet b = r#\"SELECT \"q\"\"#; /* a /* b */ c */ let c = '\"'; let d: &'static str = b;",
        );
        assert_eq!(text.code, "let a = \"\"; \nlet b = \"\";  let c = ; let d: &'static str = b;\n");
        assert_eq!(text.strings, [(1, "x // y".into()), (2, "SELECT \"q\"".into()), (2, "\"".into())]);
    }

    #[test]
    fn what_stands_under_cfg_test_is_left_out() {
        let text = split("fn a() {}\n#[cfg(test)]\nmod tests {\n fn b() { println!(\"no\") }\n}\nfn c() { d(\"yes\") }\n");
        assert!(text.code.contains("fn a") && text.code.contains("fn c") && !text.code.contains("println"));
        assert_eq!(text.strings, [(6, "yes".to_owned())]);
    }
}
