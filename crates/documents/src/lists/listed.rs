//! Members listed inside one cell of a household's row: `Bùi Văn A (1960), vợ Bùi Thị B 1962; con: Bùi Văn C`.
//!
//! The cell is cut into pieces, and each piece says a name, or something about the name before or after it. What is
//! neither is handed back to be told; nothing of the cell is lost.

use chrono::{Datelike, NaiveDate};

use super::ReadMember;
use super::cells::id::{self, Id, Known};
use super::cells::order::Order;
use super::cells::{date, name, word};
use super::problem::{Finding, ProblemKind};
use super::words::words;
use crate::sheet::Cell;

/// Most words a name has.
const LONGEST_NAME: usize = 7;
/// Longest cell that is taken for a list, in characters: a household of a hundred.
const LONGEST_CELL: usize = 4_000;
/// How much of a longer one is quoted.
const QUOTED: usize = 200;

/// A piece of the cell: a person, or nobody where the name is empty.
#[derive(Clone, Debug, Default)]
pub(super) struct Listed {
    pub read: ReadMember,
    /// What stood there.
    pub piece: String,
    pub findings: Vec<Finding>,
}

/// Reads the people of a cell.
pub(super) fn read(text: &str, order: Order, today: NaiveDate) -> Vec<Listed> {
    let mut list = List { people: Vec::new(), nobody: Vec::new(), order, today };
    if text.chars().count() > LONGEST_CELL {
        let begin: String = text.chars().take(QUOTED).collect();
        list.tell_nobody(&format!("{begin}…"));
        return list.nobody;
    }
    for segment in split(text, hard) {
        list.segment(segment);
    }
    list.people.append(&mut list.nobody);
    list.people
}

/// True for a cell that lists several people. Without a heading that says so, something must be said of half of them.
pub(super) fn lists_several(text: &str, by_heading: bool) -> bool {
    if text.chars().count() > LONGEST_CELL {
        return by_heading;
    }
    let pieces = split(text, hard).into_iter().flat_map(|segment| split(segment, soft));
    let parts: Vec<Part> = pieces.map(Part::of).filter(|part| part.name.is_some()).collect();
    let told = parts.iter().filter(|part| part.relation.is_some() || !part.facts.is_empty()).count();
    parts.len() >= 2 && (by_heading || told * 2 >= parts.len())
}

/// The dates that a cell quotes, each as a cell of its own: they tell the order of day and month.
pub(super) fn dates(text: &str) -> Vec<Cell> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ',' | ';' | ':'));
    words.filter(|word| word.starts_with(|c: char| c.is_ascii_digit())).map(|word| Cell::Text(word.to_owned())).collect()
}

/// Cuts a text where `separator` says how long a separator is, outside of brackets.
fn split(text: &str, separator: fn(&str, char) -> Option<usize>) -> Vec<&str> {
    let closed = text.matches(['(', '[']).count() == text.matches([')', ']']).count();
    let (mut parts, mut from, mut at, mut depth, mut before) = (Vec::new(), 0, 0, 0_usize, ' ');
    while let Some(rest) = text.get(at..)
        && let Some(c) = rest.chars().next()
    {
        match c {
            '(' | '[' if closed => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if let Some(length) = separator(rest, before).filter(|_| depth == 0) {
            parts.extend(text.get(from..at));
            at += length;
            from = at;
            before = ' ';
        } else {
            at += c.len_utf8();
            before = c;
        }
    }
    parts.extend(text.get(from..));
    parts.into_iter().map(str::trim).filter(|part| part.chars().any(char::is_alphanumeric)).collect()
}

/// A line, a semicolon, or the number before a name: `1.`, `2)`.
fn hard(rest: &str, before: char) -> Option<usize> {
    if rest.starts_with(['\n', ';']) {
        return Some(1);
    }
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    let after = rest.get(digits..).unwrap_or_default();
    let numbered = (1..=2).contains(&digits)
        && !before.is_alphanumeric()
        && !matches!(before, '/' | '.' | '-')
        && after.starts_with(['.', ')', ':'])
        && after.get(1..).is_some_and(|name| name.trim_start().starts_with(char::is_alphabetic));
    numbered.then_some(digits + 1)
}

/// A comma, a dash or bullet that stands free, an "and".
fn soft(rest: &str, before: char) -> Option<usize> {
    let first = rest.chars().next()?;
    if first == ',' {
        return Some(1);
    }
    let free = before.is_whitespace() || before == ')';
    let mark = matches!(first, '-' | '\u{2013}' | '\u{2014}' | '+' | '/' | '&' | '*' | '\u{2022}');
    if free && mark {
        return Some(first.len_utf8());
    }
    let joiner = words().member_joiners.iter().find(|word| rest.starts_with(&format!("{word} ")))?;
    free.then_some(joiner.len())
}

/// What one piece says.
#[derive(Debug, Default)]
struct Part {
    name: Option<name::Name>,
    relation: Option<String>,
    /// The place in the household holds for the names that follow: `con: A, B`.
    for_all: bool,
    /// Dates, ids, sex: what stands beside the name.
    facts: Vec<String>,
    /// Another name that follows without any sign between: the cut is a guess.
    next: Option<String>,
    /// What is none of these.
    unread: bool,
}

impl Part {
    fn of(piece: &str) -> Self {
        let mut part = Self::default();
        let mut outside = String::new();
        for (at, text) in piece.split(['(', '[']).enumerate() {
            let (inside, rest) = if at == 0 { ("", text) } else { text.split_once([')', ']']).unwrap_or((text, "")) };
            part.facts.extend(inside.split([',', ';', '-']).map(|fact| fact.trim().to_owned()).filter(|fact| !fact.is_empty()));
            outside.push(' ');
            outside.push_str(rest);
        }
        let outside = outside.replace([')', ']'], " ").replace(':', " : ");
        let tail = part.take_head(&outside);
        if part.name.is_some() && Self::default().begins_with_name(&tail) {
            part.next = Some(tail);
        } else if !tail.is_empty() {
            part.facts.push(tail);
        }
        part
    }

    /// Whether a text begins with somebody's name.
    fn begins_with_name(mut self, text: &str) -> bool {
        self.take_head(text);
        self.name.is_some()
    }

    /// The place in the household, the name and the date that a text begins with; gives what comes after them.
    fn take_head(&mut self, text: &str) -> String {
        let mut tokens: Vec<&str> = text.split_whitespace().collect();
        self.take_relation(&mut tokens);
        let dated = tokens.iter().position(|token| says_date(token)).unwrap_or(tokens.len());
        let (named, rest) = tokens.split_at(dated);
        let (date, tail) = rest.split_at(rest.iter().take_while(|token| says_date(token)).count());
        if date.iter().any(|token| token.chars().any(|c| c.is_ascii_digit())) {
            self.facts.push(date.join(" "));
        }
        self.take_name(named);
        tail.iter().filter(|token| token.chars().any(char::is_alphanumeric)).copied().collect::<Vec<_>>().join(" ")
    }

    /// The place in the household before a name, the longest that is known.
    fn take_relation(&mut self, tokens: &mut Vec<&str>) {
        let filler = |token: &str| words().member_fillers.contains(&token.to_lowercase());
        let skipped = tokens.iter().take_while(|token| filler(token)).count();
        let longest = (1..=4).rev().filter(|length| skipped + length <= tokens.len());
        let found = longest.map(|length| skipped + length).find(|end| {
            let (Some(words_of), rest) = (tokens.get(skipped..*end), tokens.len() - end) else { return false };
            let title = words_of.len() == 1 && rest >= 2 && words_of.iter().any(|word| words().is_name_title(word));
            !title && !words_of.contains(&":") && relation(&words_of.join(" ")).is_some()
        });
        let Some(end) = found else { return };
        self.relation = tokens.get(skipped..end).map(|words| words.join(" "));
        let rest = tokens.get(end..).unwrap_or_default();
        self.for_all = rest.first() == Some(&":");
        let from = rest.iter().take_while(|token| **token == ":" || filler(token)).count();
        *tokens = rest.get(from..).unwrap_or_default().to_vec();
    }

    /// The name, and a place or sex in small letters behind it.
    fn take_name(&mut self, tokens: &[&str]) {
        let tokens: Vec<&str> = tokens.iter().filter(|token| token.chars().any(char::is_alphabetic)).copied().collect();
        let titled = tokens.len() > 2 && tokens.first().is_some_and(|first| words().is_name_title(first));
        let tokens = tokens.get(usize::from(titled)..).unwrap_or_default();
        let small = |token: &&str| token.chars().next().is_some_and(char::is_lowercase);
        let from = tokens.iter().rposition(|token| !small(token)).map_or(0, |at| at + 1);
        // One small word that says nothing else is a part of the name: `Bùi Thị hiền`.
        let whole = |behind: &[&str]| behind.len() == 1 && from > 0 && !behind.iter().all(|word| is_fact(word));
        let (named, behind) = tokens.split_at(from);
        let (named, behind) = if whole(behind) { (tokens, [].as_slice()) } else { (named, behind) };
        if !behind.is_empty() {
            self.facts.push(behind.join(" "));
        }
        self.name = plausible(&named.join(" "));
        self.unread = self.name.is_none() && !named.is_empty();
    }
}

/// A date, a year or a word before one. A name may be `Năm`, so a word of dates is written small or is an abbreviation.
fn says_date(token: &str) -> bool {
    let small = token.chars().next().is_some_and(char::is_lowercase) || token.chars().count() == 2 && token.is_ascii();
    token.chars().any(|c| c.is_ascii_digit()) || small && words().date_words.contains(&domain::text::fold(token))
}

/// A place in the household. With a capital it needs its marks: `Ma` is a surname, `Má` a mother.
fn relation(text: &str) -> Option<String> {
    let capital = text.chars().next().is_some_and(char::is_uppercase);
    if text.chars().any(|c| c.is_ascii_digit()) || capital && !words().is_relationship_as_written(text) {
        return None;
    }
    word::relationship(text).value
}

/// True for what can be said of a person: a date or number, a place in the household, a sex.
fn is_fact(text: &str) -> bool {
    let number = text.chars().any(|c| c.is_ascii_digit()) && date::parts(text).is_some();
    number || relation(text).is_some() || words().sex.find(text).is_some()
}

/// True for a place that several of a household have.
fn is_many(relation: &str) -> bool {
    word::relationship(relation).value.is_some_and(|code| !matches!(code.as_str(), "head" | "spouse"))
}

/// A name each of whose words is one, the first with a capital.
fn plausible(text: &str) -> Option<name::Name> {
    let is_word = |word: &str| word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '\u{2019}' | '.'));
    let count = text.split_whitespace().count();
    let fits = (1..=LONGEST_NAME).contains(&count) && text.split_whitespace().all(is_word);
    let capital = text.chars().next().is_some_and(char::is_uppercase);
    name::read(text).filter(|name| fits && capital && name.full.chars().count() > 1)
}

struct List {
    people: Vec<Listed>,
    nobody: Vec<Listed>,
    order: Order,
    today: NaiveDate,
}

impl List {
    fn segment(&mut self, segment: &str) {
        let (mut for_all, mut waiting): (Option<String>, Option<String>) = (None, None);
        let mut begun = false;
        for piece in split(segment, soft) {
            let mut part = Part::of(piece);
            if part.for_all {
                for_all = part.relation.clone().filter(|relation| is_many(relation));
            }
            let Some(name) = part.name.take() else {
                match part.relation.take() {
                    // It stands before its name: `vợ - Bùi Thị Bé`.
                    Some(relation) if part.for_all || !begun => waiting = Some(relation),
                    Some(relation) => part.facts.push(relation),
                    None => {}
                }
                let strange = part.unread || !begun && !part.facts.iter().all(|fact| is_fact(fact));
                if strange || self.people.is_empty() && !part.facts.is_empty() {
                    self.tell_nobody(piece);
                } else {
                    part.facts.iter().for_each(|fact| self.add(fact, piece));
                }
                continue;
            };
            begun = true;
            self.begin(name, piece);
            if let Some(relation) = part.relation.or_else(|| waiting.take()).or_else(|| for_all.clone()) {
                self.add(&relation, piece);
            }
            part.facts.iter().for_each(|fact| self.add(fact, piece));
            if let Some(next) = part.next {
                let guess = Finding::warning(ProblemKind::MemberUnsure).with("piece", piece);
                self.people.iter_mut().next_back().into_iter().for_each(|person| person.findings.push(guess.clone()));
                self.segment(&next);
                self.people.iter_mut().next_back().into_iter().for_each(|person| person.findings.push(guess.clone()));
            }
        }
        if let Some(relation) = waiting {
            self.add(&relation, segment);
        }
    }

    fn begin(&mut self, name: name::Name, piece: &str) {
        let mut findings = Vec::new();
        if name.full.split_whitespace().count() == 1 {
            findings.push(Finding::warning(ProblemKind::MemberUnsure).with("piece", piece));
        }
        let original_name = name.original.filter(|written| written.to_lowercase() == name.full.to_lowercase());
        let read = ReadMember { full_name: name.full, original_name, ..ReadMember::default() };
        self.people.push(Listed { read, piece: piece.to_owned(), findings });
    }

    fn tell_nobody(&mut self, piece: &str) {
        let finding = Finding::error(ProblemKind::MemberUnreadable).with("piece", piece);
        self.nobody.push(Listed { piece: piece.to_owned(), findings: vec![finding], ..Listed::default() });
    }

    /// Adds to the last person what stands beside their name.
    fn add(&mut self, fact: &str, piece: &str) {
        let (order, today) = (self.order, self.today);
        let Some(person) = self.people.last_mut() else { return self.tell_nobody(piece) };
        let digits = fact.chars().filter(char::is_ascii_digit).count();
        let read = &mut person.read;
        if digits >= 9 {
            let known = Known { sex: read.sex.as_deref(), birth: read.birth.as_ref(), this_year: today.year() };
            let reading = id::read(&Cell::Text(fact.to_owned()), known);
            person.findings.extend(reading.findings);
            match reading.value {
                Some(Id::Citizen(id)) => read.citizen_id = Some(id),
                Some(Id::Old(id)) => read.old_id = Some(id),
                None => {}
            }
        } else if digits > 0 {
            let reading = date::read(&Cell::Text(fact.to_owned()), order, today);
            person.findings.extend(reading.findings);
            read.birth = read.birth.or(reading.value);
        } else if relation(fact).is_some() && read.relationship.is_none() {
            let reading = word::relationship(fact);
            person.findings.extend(reading.findings);
            read.relationship = reading.value;
        } else if let Some(sex) = words().sex.find(fact).filter(|_| read.sex.is_none()) {
            read.sex = Some(sex.to_owned());
        } else {
            let note = read.note.take().map_or_else(|| fact.to_owned(), |note| format!("{note}; {fact}"));
            read.note = Some(note.chars().take(2000).collect());
            person.findings.push(Finding::warning(ProblemKind::MemberUnsure).with("piece", piece));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn people(text: &str) -> Vec<String> {
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let show = |listed: Listed| {
            let read = listed.read;
            let birth = read.birth.map(|birth| birth.to_string()).unwrap_or_default();
            let told: String = listed.findings.iter().map(|finding| format!(" {:?}", finding.kind)).collect();
            let who = if read.full_name.is_empty() { format!("<{}>", listed.piece) } else { read.full_name };
            format!("{who} {birth} {}{told}", read.relationship.unwrap_or_default())
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        };
        super::read(text, Order::default(), today).into_iter().map(show).collect()
    }

    #[test]
    fn people_are_cut_where_offices_cut_them() {
        let three = ["Bùi Văn An 1960", "Bùi Thị Bé 1962 spouse", "Bùi Văn Cò 1990-03-17 child"];
        for text in [
            "Bùi Văn An (1960), vợ Bùi Thị Bé (1962) ; con Bùi Văn Cò 17/3/1990",
            "1. Bùi Văn An 1960 2. Bùi Thị Bé - vợ - 1962 3. Bùi Văn Cò (con, sinh 17/3/1990)",
            "1) Bùi Văn An, 1960\n2) Bùi Thị Bé, 1962, vợ\n3) Bùi Văn Cò, con trai, 17-3-1990",
            "- Bùi Văn An SN 1960\n- Vợ: Bùi Thị Bé sinh năm 1962\n- Con: Bùi Văn Cò, sinh ngày 17/3/1990",
            "Bùi Văn An 1960 và vợ là Bùi Thị Bé 1962; các con: Bùi Văn Cò (17.3.1990)",
            "BÙI VĂN AN (1960); BÙI THỊ BÉ (1962, vợ); BÙI VĂN CÒ (17/3/1990 - con đẻ)",
            "Bùi Văn An [1960] + Vợ Bùi Thị Bé 1962 + Con Bùi Văn Cò 17/03/1990",
        ] {
            assert_eq!(people(text), three, "{text}");
        }
    }

    #[test]
    fn names_that_look_like_words_stay_names() {
        assert_eq!(people("Ma Thị Lan, Chu Văn Anh, Bùi Văn Năm 1960"), ["Ma Thị Lan", "Chu Văn Anh", "Bùi Văn Năm 1960"]);
        assert_eq!(people("Ông Bùi Văn An; bà Bùi Thị Bé"), ["Bùi Văn An", "Bùi Thị Bé"]);
        assert_eq!(people("Bà nội Bùi Thị Bé; H'Mai Niê"), ["Bùi Thị Bé grandparent", "H'Mai Niê"]);
    }

    #[test]
    fn one_word_for_several_names_is_given_to_each() {
        assert_eq!(people("Con: Bùi Văn An, Bùi Thị Bé 1962"), ["Bùi Văn An child", "Bùi Thị Bé 1962 child"]);
        assert_eq!(people("Vợ: Bùi Thị Bé, Bùi Văn An"), ["Bùi Thị Bé spouse", "Bùi Văn An"]);
    }

    #[test]
    fn what_is_unsure_is_told_and_nothing_is_lost() {
        assert_eq!(people("Bùi Văn An 1960 Bùi Thị Bé 1962"), ["Bùi Văn An 1960 MemberUnsure", "Bùi Thị Bé 1962 MemberUnsure"],);
        assert_eq!(people("Bùi Văn An 60"), ["Bùi Văn An DateTwoDigitYear"]);
        assert_eq!(people("Lan 1990"), ["Lan 1990 MemberUnsure"]);
        assert_eq!(people("Bùi Văn An (đi làm xa)"), ["Bùi Văn An MemberUnsure"]);
        assert_eq!(people("hộ có 4 người; Bùi Văn An"), ["Bùi Văn An", "<hộ có 4 người> MemberUnreadable"]);
        assert_eq!(people("Bùi Văn An (017060001234, 1960)"), ["Bùi Văn An 1960"]);
    }

    #[test]
    fn a_cell_that_is_no_list_is_told_whole_and_soon() {
        let long = "Bùi Văn An 1960 ".repeat(200);
        assert_eq!(people(&long).len(), 200);
        let longer = "Bùi Văn An 1960 ".repeat(2_000);
        assert_eq!(people(&longer).len(), 1);
        assert!(people(&longer)[0].ends_with("MemberUnreadable"));
    }

    #[test]
    fn an_unclosed_bracket_swallows_nobody() {
        assert_eq!(people("Bùi Văn An (1960, Bùi Thị Bé 1962)("), ["Bùi Văn An 1960", "Bùi Thị Bé 1962"]);
    }
}
