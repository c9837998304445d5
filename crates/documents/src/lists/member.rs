//! The people of one row: each cell through its reader, each finding to its place.

use chrono::Datelike;
use domain::PartialDate;
use domain::text::fold;

use super::ReadMember;
use super::body::{Body, number};
use super::cells::id::{Id, Known};
use super::cells::{date, id, name, order, phone, word};
use super::columns::HEAD_SLOT;
use super::layout::MappedColumn;
use super::listed::Listed;
use super::problem::{Finding, ProblemKind, Reading};
use super::target::Target;
use super::words::words;
use crate::sheet::Cell;

/// A person with what grouping needs to know.
#[derive(Clone, Debug, Default)]
pub(super) struct Person {
    pub read: ReadMember,
    /// True for one of several people of a cell.
    pub listed: bool,
    /// True when the cell of the relationship held something that could not be read.
    pub relationship_unreadable: bool,
}

/// Reads the person of a row, then the further members that stand in the same row. A head whose columns stand beside
/// those of the members is read where the name first appears, before them.
pub(super) fn people(body: &mut Body<'_>, row: usize, name: Option<&str>, new_head: Option<&str>) -> Vec<Person> {
    let mut people: Vec<Person> = name.and_then(|name| person(body, row, 0, name)).into_iter().collect();
    let beside =
        body.mapping.columns.iter().any(|column| column.slot == HEAD_SLOT && column.relationship.as_deref() == Some("head"));
    if let Some(mut head) = new_head.filter(|_| beside).and_then(|head| person(body, row, HEAD_SLOT, head)) {
        head.read.relationship = Some("head".to_owned());
        match people.first_mut().filter(|member| fold(&member.read.full_name) == fold(&head.read.full_name)) {
            Some(member) => member.read.fill_from(&head.read),
            None => people.insert(0, head),
        }
    }
    let slots: Vec<MappedColumn> = body
        .mapping
        .columns
        .iter()
        .filter(|column| column.slot > 0 && column.target == Some(Target::FullName))
        .cloned()
        .collect();
    for column in slots {
        let name = body.text(row, column.index);
        if let Some(mut further) = person(body, row, column.slot, &name) {
            if further.read.relationship.is_none() {
                further.read.relationship.clone_from(&column.relationship);
            }
            people.push(further);
        }
    }
    people
}

/// The people of a cell that lists several; what in it is nobody is told.
pub(super) fn listed(body: &mut Body<'_>, row: usize, listed: Vec<(&MappedColumn, Listed)>) -> Vec<Person> {
    let mut people = Vec::new();
    for (column, Listed { mut read, piece, findings }) in listed {
        for finding in findings {
            let read = finding.params.get("piece").unwrap_or(&piece).clone();
            body.report_read(row, Some(column), read, finding);
        }
        if !read.full_name.is_empty() {
            read.row = number(row);
            people.push(Person { read, listed: true, ..Person::default() });
        }
    }
    people
}

fn person(body: &mut Body<'_>, row: usize, slot: u32, text: &str) -> Option<Person> {
    let name = name::read(text)?;
    let mut reader = Reader { body, row, slot };
    if name.cut {
        reader.tell(Target::FullName, Finding::warning(ProblemKind::NameTooLong));
    }
    let mut person = Person::default();
    let (birth, sex) = reader.birth_and_sex();
    let this_year = reader.body.today.year();
    let (citizen_id, old_id) = reader.ids(Known { sex: sex.as_deref(), birth: birth.as_ref(), this_year });
    let relationship_cell = reader.text(Target::Relationship);
    let relationship = reader.word(Target::Relationship, word::relationship);
    person.relationship_unreadable = relationship_cell.is_some() && relationship.is_none();
    let disability = reader.disability();
    let read = &mut person.read;
    read.row = number(row);
    read.full_name = name.full;
    read.original_name = name.original;
    read.other_name = reader.line(Target::OtherName, 100).or(name.other);
    read.birth = birth;
    read.sex = sex;
    read.citizen_id = citizen_id;
    read.old_id = old_id;
    read.citizen_id_issued_on = reader.day(Target::CitizenIdIssuedOn);
    read.citizen_id_place = reader.line(Target::CitizenIdPlace, 120);
    read.ethnic_code = reader.word(Target::Ethnic, word::ethnic_group);
    read.relationship = relationship.or(name.relationship);
    read.phone = reader.cell(Target::Phone, phone::read);
    read.disability_types = disability.types;
    read.disability_severity = disability.severity;
    read.disability_certificate = reader.line(Target::DisabilityCertificate, 60);
    read.health_insurance = reader.line(Target::HealthInsurance, 20).map(|number| number.replace(' ', "").to_uppercase());
    read.marital_status =
        reader.word(Target::MaritalStatus, |text| word::coded(text, &words().marital_status, ProblemKind::MaritalStatusUnknown));
    read.education_level =
        reader.word(Target::Education, |text| word::coded(text, &words().education_level, ProblemKind::EducationUnknown));
    read.occupation = reader.line(Target::Occupation, 120);
    read.death = reader.dates(Target::DeathDate);
    read.note = match (reader.line(Target::Note, 2000), name.note) {
        (Some(note), Some(beside)) => Some(format!("{note}; {beside}").chars().take(2000).collect()),
        (note, beside) => note.or(beside),
    };
    Some(person)
}

/// Cells of one person.
struct Reader<'b, 'a> {
    body: &'b mut Body<'a>,
    row: usize,
    slot: u32,
}

impl<'a> Reader<'_, 'a> {
    fn columns(&self, target: Target) -> Vec<&'a MappedColumn> {
        self.body.columns(self.slot, target).collect()
    }

    fn text(&self, target: Target) -> Option<String> {
        self.body.find_text(self.row, self.slot, target)
    }

    fn tell(&mut self, target: Target, finding: Finding) {
        let column = self.columns(target).first().copied();
        self.body.report(self.row, column, finding);
    }

    /// The first column that gives a value; findings of all.
    fn cell<T>(&mut self, target: Target, read: impl Fn(&Cell) -> Reading<T>) -> Option<T> {
        let mut value = None;
        for column in self.columns(target) {
            let reading = read(self.body.cell(self.row, column.index));
            self.body.report_all(self.row, column, reading.findings);
            value = value.or(reading.value);
        }
        value
    }

    fn word(&mut self, target: Target, read: impl Fn(&str) -> Reading<String>) -> Option<String> {
        self.cell(target, |cell| read(&cell.seen().replace('\n', " ")))
    }

    /// Free text, cut to the length of its field.
    fn line(&mut self, target: Target, longest: usize) -> Option<String> {
        let text = self.text(target)?;
        if text.chars().count() <= longest {
            return Some(text);
        }
        self.tell(target, Finding::warning(ProblemKind::TextTooLong).with("max", longest));
        Some(text.chars().take(longest).collect())
    }

    /// A date from the columns of a kind: the most precise, where they agree.
    fn dates(&mut self, target: Target) -> Option<PartialDate> {
        let today = self.body.today;
        let mut best: Option<PartialDate> = None;
        for column in self.columns(target) {
            let reading = date::read(self.body.cell(self.row, column.index), self.body.order(self.row, column.index), today);
            self.body.report_all(self.row, column, reading.findings);
            let Some(date) = reading.value else { continue };
            best = match best {
                None => Some(date),
                Some(known) if known.agrees_with(&date) => Some(if precision(&date) > precision(&known) { date } else { known }),
                Some(_) => {
                    self.body.report(self.row, Some(column), Finding::error(ProblemKind::DatesDiffer));
                    return None;
                }
            };
        }
        best
    }

    fn day(&mut self, target: Target) -> Option<chrono::NaiveDate> {
        match self.dates(target)? {
            PartialDate::Day(date) => Some(date),
            _ => {
                self.tell(target, Finding::error(ProblemKind::DateUnreadable));
                None
            }
        }
    }

    /// Sex may be told by the column in which the year of birth stands.
    fn birth_and_sex(&mut self) -> (Option<PartialDate>, Option<String>) {
        let filled = |reader: &Self, target| reader.text(target).is_some();
        let (of_man, of_woman) = (filled(self, Target::BirthMale), filled(self, Target::BirthFemale));
        let mut by_column = None;
        let mut birth = self.dates(Target::Birth);
        match (of_man, of_woman) {
            (true, true) => self.tell(Target::BirthFemale, Finding::error(ProblemKind::SexMarkedTwice)),
            (true, false) => {
                by_column = Some("male");
                birth = birth.or_else(|| self.dates(Target::BirthMale));
            }
            (false, true) => {
                by_column = Some("female");
                birth = birth.or_else(|| self.dates(Target::BirthFemale));
            }
            (false, false) => {}
        }
        birth = birth.or_else(|| self.birth_of_parts());
        let by_word = self.word(Target::Sex, |text| word::coded(text, &words().sex, ProblemKind::SexUnreadable));
        let sex = by_word.or_else(|| self.sex_by_marks()).or_else(|| by_column.map(str::to_owned));
        (birth, sex)
    }

    fn sex_by_marks(&mut self) -> Option<String> {
        let (male, female) = (self.columns(Target::MaleMark).first().copied(), self.columns(Target::FemaleMark).first().copied());
        let mark = |text: &str| {
            // People also write the word itself into its column.
            if words().sex.find(text).is_some() { Reading::of(true) } else { word::mark(text) }
        };
        let mut read = |column: Option<&'a MappedColumn>| {
            let column = column?;
            let reading = mark(&self.body.text(self.row, column.index));
            self.body.report_all(self.row, column, reading.findings.clone());
            if reading.value.is_none() && !reading.findings.is_empty() { None } else { Some(reading.value.unwrap_or(false)) }
        };
        let (is_male, is_female) = (read(male), read(female));
        match (is_male, is_female) {
            (Some(true), Some(true)) => {
                self.tell(Target::FemaleMark, Finding::error(ProblemKind::SexMarkedTwice));
                None
            }
            (Some(true), _) => Some("male".to_owned()),
            (_, Some(true)) => Some("female".to_owned()),
            // One column alone crosses the women, or the men; no cross is the other sex.
            (None, Some(false)) if male.is_none() => Some("male".to_owned()),
            (Some(false), None) if female.is_none() => Some("female".to_owned()),
            _ => None,
        }
    }

    /// Day, month and year in columns of their own.
    fn birth_of_parts(&mut self) -> Option<PartialDate> {
        let year = self.columns(Target::BirthYear).first().copied()?;
        let part = |reader: &Self, target| reader.text(target).unwrap_or_default();
        let (day, month) = (part(self, Target::BirthDay), part(self, Target::BirthMonth));
        let typed = self.body.cell(self.row, year.index).clone();
        let whole = if day.is_empty() && month.is_empty() {
            typed
        } else {
            let or_zero = |text: String| if text.is_empty() { "0".to_owned() } else { text };
            Cell::Text(format!("{}/{}/{}", or_zero(day), or_zero(month), or_zero(typed.seen())))
        };
        let reading = date::read(&whole, order::Order::default(), self.body.today);
        self.body.report_all(self.row, year, reading.findings);
        reading.value
    }

    /// Citizen and old id, each from whichever column holds it, two of them in one cell included.
    fn ids(&mut self, known: Known<'_>) -> (Option<String>, Option<String>) {
        let (mut citizen, mut old) = (None, None);
        let columns: Vec<&MappedColumn> =
            self.columns(Target::CitizenId).into_iter().chain(self.columns(Target::OldId)).collect();
        for column in columns {
            let cell = self.body.cell(self.row, column.index).clone();
            let cells: Vec<Cell> = match &cell {
                Cell::Text(text) => text
                    .split(['\n', ';', '/'])
                    .filter(|part| !part.trim().is_empty())
                    .map(|part| Cell::Text(part.to_owned()))
                    .collect(),
                cell => vec![cell.clone()],
            };
            for cell in &cells {
                let reading = id::read(cell, known);
                self.body.report_all(self.row, column, reading.findings);
                match reading.value {
                    Some(Id::Citizen(id)) => citizen = citizen.or(Some(id)),
                    Some(Id::Old(id)) => old = old.or(Some(id)),
                    None => {}
                }
            }
        }
        (citizen, old)
    }

    fn disability(&mut self) -> word::Disability {
        let mut all = word::Disability::default();
        for target in [Target::DisabilityType, Target::DisabilitySeverity] {
            let found = self.cell(target, |cell| word::disability(&cell.seen())).unwrap_or_default();
            all.severity = all.severity.or(found.severity);
            all.types.extend(found.types);
        }
        all.types.dedup();
        all
    }
}

fn precision(date: &PartialDate) -> u8 {
    match date {
        PartialDate::Year(_) => 0,
        PartialDate::Month(_) => 1,
        PartialDate::Day(_) => 2,
    }
}
