//! A writer of lists as commune offices write them: every style of one that the reader promises to understand.

use chrono::NaiveDate;
use documents::legacy::{self, Encoding};
use unicode_normalization::UnicodeNormalization;

use super::Dice;
use super::truth::{Household, Person, VILLAGES};
use super::write::{self, Page, Put};

/// How one list is written down; each style is one that offices really use.
#[derive(Clone, Debug)]
pub struct Style {
    pub file: &'static str,
    pub encoding: Encoding,
    pub decomposed: bool,
    pub capitals: bool,
    pub titles: usize,
    pub levels: bool,
    /// `repeated`, `blank`, `merged`: a code; `head_name`: a column of it; `word`, `order`, `number`, `dotted`, `section`.
    pub household: &'static str,
    /// `column`, `sheet`, `section`, `title`.
    pub village: &'static str,
    /// `word`, `marks`, `births`, `one_mark`.
    pub sex: &'static str,
    /// `word`, `marks`.
    pub class: &'static str,
    /// `mixed`, `parts`.
    pub birth: &'static str,
    pub totals: bool,
    pub headings: usize,
}

impl Style {
    pub fn cast(dice: &mut Dice) -> Self {
        let file = dice.pick(&["xlsx", "xlsx", "ods", "xls", "csv", "csv;", "tsv", "utf16", "bytes"]);
        let encoding = match file {
            "bytes" => dice.pick(&[Encoding::Tcvn3, Encoding::Tcvn3Capitals, Encoding::Vni]),
            _ => dice.pick(&[
                Encoding::Unicode,
                Encoding::Unicode,
                Encoding::Unicode,
                Encoding::Tcvn3,
                Encoding::Tcvn3Capitals,
                Encoding::Vni,
            ]),
        };
        let many = matches!(file, "xlsx" | "ods" | "xls");
        let household = dice.pick(&["repeated", "blank", "merged", "head_name", "word", "order", "number", "dotted", "section"]);
        let sex = dice.pick(&["word", "marks", "births", "one_mark"]);
        Self {
            file,
            encoding,
            decomposed: encoding == Encoding::Unicode && dice.once_in(4),
            capitals: encoding == Encoding::Tcvn3Capitals || dice.once_in(3),
            titles: dice.roll(5),
            levels: dice.once_in(2),
            household,
            village: if many { dice.pick(&["column", "sheet", "section"]) } else { dice.pick(&["column", "section"]) },
            sex,
            class: dice.pick(&["word", "marks"]),
            birth: if sex == "births" { "mixed" } else { dice.pick(&["mixed", "mixed", "parts"]) },
            totals: !dice.once_in(3),
            headings: dice.roll(3),
        }
    }
}

/// Writes one list and reads it back.
struct Writer<'d> {
    dice: &'d mut Dice,
    style: Style,
    ordinal: usize,
    number: usize,
}

impl Writer<'_> {
    fn text(&mut self, text: &str) -> Put {
        let odd = match self.dice.roll(12) {
            0 => format!(" {text}"),
            1 => text.replacen(' ', "  ", 1),
            2 if self.style.encoding == Encoding::Unicode => text.replacen(' ', "\u{A0}", 1) + "\u{200B}",
            _ => text.to_owned(),
        };
        let odd = if self.style.decomposed { odd.nfd().collect() } else { odd };
        Put::Text(typed(&odd, self.style.encoding))
    }

    fn heading(&mut self, spellings: [&str; 3]) -> Put {
        let text = spellings[self.style.headings];
        let text = typed(text, self.style.encoding);
        Put::Text(if self.dice.once_in(4) { text.replacen(' ', "\n", 1) } else { text })
    }

    /// Headings by column: upper level (empty where there is none) and lower level.
    fn headings(&mut self) -> Vec<(Put, Put)> {
        let mut columns: Vec<(Option<[&str; 3]>, [&str; 3])> = vec![(None, ["STT", "TT", "Số TT"])];
        let style = self.style.clone();
        match style.household {
            "repeated" | "blank" | "merged" => columns.push((None, ["Mã hộ", "Mã số hộ", "Mã hộ gia đình"])),
            "head_name" => columns.push((None, ["Họ và tên chủ hộ", "Chủ hộ", "Tên chủ hộ"])),
            "number" => columns.push((None, ["TT trong hộ", "STT thành viên", "STT trong hộ"])),
            _ => {}
        }
        columns.push((None, ["Họ và tên", "HỌ VÀ TÊN", "Họ tên"]));
        if style.household != "order" && style.household != "number" && style.household != "dotted" {
            columns.push((None, ["Quan hệ với chủ hộ", "Quan hệ", "QH với chủ hộ"]));
        }
        match style.sex {
            "word" => columns.push((None, ["Giới tính", "Nam/Nữ", "Giới tính (Nam/Nữ)"])),
            "marks" => columns.extend([["Nam", "Nam", "Nam"], ["Nữ", "Nữ", "Nữ"]].map(|lower| (Some(["Giới tính"; 3]), lower))),
            "one_mark" => columns.push((None, ["Nữ", "Nữ (x)", "Nữ giới"])),
            _ => columns.extend(
                [["Nam", "Nam", "Nam"], ["Nữ", "Nữ", "Nữ"]]
                    .map(|lower| (Some(["Năm sinh", "Ngày, tháng, năm sinh", "Ngày sinh"]), lower)),
            ),
        }
        match (style.sex, style.birth) {
            ("births", _) => {}
            (_, "parts") => columns.extend(
                [["Ngày"; 3], ["Tháng"; 3], ["Năm"; 3]]
                    .map(|lower| (Some(["Ngày tháng năm sinh", "Ngày sinh", "Ngày, tháng, năm sinh"]), lower)),
            ),
            _ => columns.push((None, ["Ngày sinh", "Năm sinh", "Ngày, tháng, năm sinh"])),
        }
        columns.push((None, ["Số CCCD", "CMND/CCCD", "Số định danh cá nhân"]));
        columns.push((None, ["Dân tộc", "Dân tộc", "Thành phần dân tộc"]));
        if style.village == "column" {
            columns.push((None, ["Xóm", "Thôn/bản", "Địa chỉ (xóm)"]));
        }
        match style.class {
            "word" => columns.push((None, ["Diện hộ", "Phân loại hộ", "Hộ nghèo/cận nghèo"])),
            _ => columns.extend(
                [
                    ["Nghèo", "Hộ nghèo", "HN"],
                    ["Cận nghèo", "Hộ cận nghèo", "CN"],
                    ["Thoát nghèo", "Hộ mới thoát nghèo", "Mới thoát nghèo"],
                ]
                .map(|lower| (Some(["Diện hộ", "Phân loại hộ", "Loại hộ"]), lower)),
            ),
        }
        columns.push((None, ["Số điện thoại", "SĐT", "Điện thoại"]));
        columns
            .into_iter()
            .map(|(upper, lower)| (upper.map(|upper| self.heading(upper)).unwrap_or_default(), self.heading(lower)))
            .collect()
    }

    fn birth(&mut self, birth: Option<&str>) -> Put {
        let Some(birth) = birth else { return Put::Nothing };
        let parts: Vec<&str> = birth.split('-').collect();
        let trimmed = |part: &str| part.trim_start_matches('0').to_owned();
        match parts.as_slice() {
            [year] => match self.dice.roll(4) {
                0 => Put::Number(year.parse().unwrap()),
                1 => Put::Text(format!("00/00/{year}")),
                _ => Put::Text((*year).to_owned()),
            },
            [year, month] => match self.dice.roll(3) {
                0 => Put::Text(format!("00/{month}/{year}")),
                1 => Put::Text(format!("{month}/{year}")),
                _ => Put::Text(format!("{}/{year}", trimmed(month))),
            },
            [year, month, day] => {
                let date = NaiveDate::parse_from_str(birth, "%Y-%m-%d").unwrap();
                match self.dice.roll(6) {
                    0 => Put::Date(date),
                    1 => Put::Number((date - NaiveDate::from_ymd_opt(1899, 12, 30).unwrap()).num_days() as f64),
                    2 => Put::Text(format!("{day}.{month}.{year}")),
                    3 => Put::Text(format!("{day}-{month}-{year}")),
                    4 => Put::Text(format!("{day}/{month}/{year}")),
                    _ => Put::Text(format!("{}/{}/{year}", trimmed(day), trimmed(month))),
                }
            }
            _ => Put::Nothing,
        }
    }

    fn id(&mut self, person: &Person) -> Put {
        let Some(id) = person.id.as_ref().or(person.old_id.as_ref()) else { return Put::Nothing };
        match self.dice.roll(7) {
            0 if id.len() == 12 => Put::Number(id.parse().unwrap()),
            1 if id.len() == 12 => Put::Text(format!("{} {} {} {}", &id[..3], &id[3..6], &id[6..9], &id[9..])),
            2 if id.len() == 12 => Put::Text(format!("{}.{}.{}", &id[..3], &id[3..6], &id[6..])),
            3 if id.starts_with("01") || id.starts_with("02") => {
                let bare = &id[1..];
                Put::Text(format!("{}.{}E+10", &bare[..1], &bare[1..])).when(id.len() == 12, id)
            }
            4 => Put::Text(format!("'{id}")),
            _ => Put::Text(id.clone()),
        }
    }

    fn relationship(&mut self, person: &Person) -> Put {
        let words: &[&str] = match (person.relationship, person.sex) {
            ("head", _) => &["Chủ hộ", "CH", "chủ hộ"],
            ("spouse", "male") => &["Chồng", "chồng"],
            ("spouse", _) => &["Vợ", "vợ"],
            ("child", "male") => &["Con", "Con trai", "con đẻ"],
            ("child", _) => &["Con", "Con gái", "con đẻ"],
            ("grandchild", _) => &["Cháu nội", "cháu ngoại"],
            ("child_in_law", "male") => &["Con rể"],
            ("child_in_law", _) => &["con dâu", "Con dâu"],
            _ => {
                if person.sex == "male" {
                    &["Bố đẻ", "bố"]
                } else {
                    &["mẹ đẻ", "Mẹ"]
                }
            }
        };
        let word = self.dice.pick(words);
        self.text(word)
    }

    fn row(&mut self, household: &Household, index: usize) -> Vec<Put> {
        let style = self.style.clone();
        let person = &household.members[index];
        let first = index == 0;
        self.ordinal += 1;
        let mut row = vec![match style.household {
            "order" if first => Put::Number({
                self.number += 1;
                self.number
            } as f64),
            "order" => Put::Nothing,
            "dotted" if first => Put::Text(
                {
                    self.number += 1;
                    self.number
                }
                .to_string(),
            ),
            "dotted" => Put::Text(format!("{}.{index}", self.number)),
            _ => Put::Number(self.ordinal as f64),
        }];
        let spread = |first_only: Put, writer: &mut Self| match style.household {
            "blank" | "merged" if !first => {
                let _ = writer;
                Put::Nothing
            }
            _ => first_only,
        };
        match style.household {
            "repeated" => row.push(Put::Text(household.code.clone())),
            "blank" | "merged" => row.push(if first { Put::Text(household.code.clone()) } else { Put::Nothing }),
            "head_name" => {
                let name = household.members[0].name.clone();
                let cell = self.text(&name);
                row.push(cell);
            }
            "number" => row.push(Put::Number((index + 1) as f64)),
            _ => {}
        }
        let name =
            if style.capitals && style.encoding != Encoding::Tcvn3 { person.name.to_uppercase() } else { person.name.clone() };
        row.push(self.text(&name));
        if !matches!(style.household, "order" | "number" | "dotted") {
            let cell = self.relationship(person);
            row.push(cell);
        }
        let male = person.sex == "male";
        let birth = self.birth(person.birth.as_deref());
        match style.sex {
            "word" => {
                let word = if male { self.dice.pick(&["Nam", "nam", "NAM"]) } else { self.dice.pick(&["Nữ", "nữ", "Nữ"]) };
                let cell = self.text(word);
                row.push(cell);
            }
            "marks" => {
                let mark = Put::Text(self.dice.pick(&["x", "X", "1"]).to_owned());
                row.extend(if male { [mark, Put::Nothing] } else { [Put::Nothing, mark] });
            }
            "one_mark" => row.push(if male { Put::Nothing } else { Put::Text("x".to_owned()) }),
            _ => row.extend(if male { [birth.clone(), Put::Nothing] } else { [Put::Nothing, birth.clone()] }),
        }
        match (style.sex, style.birth) {
            ("births", _) => {}
            (_, "parts") => {
                let parts: Vec<f64> =
                    person.birth.iter().flat_map(|birth| birth.split('-')).map(|part| part.parse().unwrap()).collect();
                row.extend([2, 1, 0].map(|index| parts.get(index).map_or(Put::Nothing, |part| Put::Number(*part))));
            }
            _ => row.push(birth),
        }
        row.push(self.id(person));
        let ethnic = match person.ethnic {
            "08" => self.dice.pick(&["H'Mông", "Mông", "HMông"]),
            "01" => "Kinh",
            "09" => "Dao",
            "03" => "Thái",
            _ => self.dice.pick(&["Mường", "mường", "MƯỜNG"]),
        };
        let cell = self.text(ethnic);
        row.push(cell);
        if style.village == "column" {
            let cell = self.text(household.village);
            row.push(spread(cell, self));
        }
        match style.class {
            "word" => {
                let word = match household.class {
                    "poor" => self.dice.pick(&["HN", "Hộ nghèo", "nghèo"]),
                    "near_poor" => self.dice.pick(&["CN", "Cận nghèo", "hộ cận nghèo"]),
                    "just_escaped" => "Thoát nghèo",
                    _ => self.dice.pick(&["Không", "Bình thường"]),
                };
                let cell = self.text(word);
                row.push(spread(cell, self));
            }
            _ => row.extend(
                ["poor", "near_poor", "just_escaped"]
                    .map(|class| spread(if household.class == class { Put::Text("x".to_owned()) } else { Put::Nothing }, self)),
            ),
        }
        row.push(match &person.phone {
            Some(phone) if self.dice.once_in(3) => Put::Number(phone.parse().unwrap()),
            Some(phone) => Put::Text(phone.clone()),
            None => Put::Nothing,
        });
        row
    }

    fn page(&mut self, name: &str, households: &[Household]) -> Page {
        let style = self.style.clone();
        let mut page = Page { name: name.to_owned(), ..Page::default() };
        for title in [
            "UBND XÃ MƯỜNG BI",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "DANH SÁCH HỘ GIA ĐÌNH NĂM 2026",
        ]
        .iter()
        .take(style.titles)
        {
            let cell = self.text(title);
            page.rows.push(vec![cell]);
        }
        let headings = self.headings();
        let two = headings.iter().any(|(upper, _)| *upper != Put::Nothing);
        let top = page.rows.len();
        if two {
            // The upper heading stands once over its group; without merging its neighbours are blank.
            let mut upper: Vec<Put> = Vec::new();
            let mut lower: Vec<Put> = Vec::new();
            let mut group: Option<(usize, Put)> = None;
            for (column, (over, under)) in headings.into_iter().enumerate() {
                if over == Put::Nothing {
                    upper.push(under);
                    lower.push(Put::Nothing);
                    page.merged.push([top, column, top + 1, column]);
                    group = None;
                } else {
                    let same = group.as_ref().is_some_and(|(start, text)| {
                        same_heading(text, &over) && page.merged.last().is_some_and(|merged| merged[1] == *start)
                    });
                    if same {
                        upper.push(Put::Nothing);
                        page.merged.last_mut().unwrap()[3] = column;
                    } else {
                        page.merged.push([top, column, top, column]);
                        group = Some((column, over.clone()));
                        upper.push(over);
                    }
                    lower.push(under);
                }
            }
            page.merged.retain(|[top, left, bottom, right]| top != bottom || left != right);
            page.rows.extend([upper, lower]);
        } else {
            page.rows.push(headings.into_iter().map(|(_, lower)| lower).collect());
        }
        let width = page.rows.last().unwrap().len();
        if self.dice.once_in(3) {
            page.rows.push((1..=width).map(|number| Put::Text(format!("({number})"))).collect());
        }
        let mut village = "";
        for household in households {
            if style.village == "section" && village != household.village {
                village = household.village;
                let cell = self.text(village);
                page.rows.push(vec![Put::Text("I".to_owned()), cell]);
            }
            if style.household == "section" {
                let cell = self.text(&format!("Hộ ông/bà: {}", household.members[0].name));
                page.rows.push(vec![Put::Nothing, cell]);
            }
            let start = page.rows.len();
            for index in 0..household.members.len() {
                let row = self.row(household, index);
                page.rows.push(row);
            }
            if style.household == "merged" && household.members.len() > 1 {
                page.merged.push([start, 1, page.rows.len() - 1, 1]);
            }
            if self.dice.once_in(8) {
                page.rows.push(Vec::new());
            }
        }
        if style.totals {
            let people: usize = households.iter().map(|household| household.members.len()).sum();
            let cells = [
                self.text("Tổng cộng"),
                self.text("Mường Bi, ngày 23 tháng 11 năm 2026"),
                self.text("NGƯỜI LẬP BIỂU"),
                self.text("TRƯỞNG XÓM"),
                self.text("Hà Thị Xuất"),
            ];
            let [total, place, maker, chief, signer] = cells;
            page.rows.push(vec![Put::Nothing, total, Put::Number(people as f64)]);
            page.rows.push(vec![Put::Nothing, Put::Nothing, Put::Nothing, place]);
            page.rows.push(vec![Put::Nothing, maker, Put::Nothing, chief]);
            page.rows.push(vec![Put::Nothing, signer]);
        }
        page
    }
}

/// As typed; capitals with tones are typed in the font of capitals.
fn typed(text: &str, encoding: Encoding) -> String {
    legacy::encode(text, encoding).or_else(|| legacy::encode(text, Encoding::Tcvn3Capitals)).unwrap()
}

trait When {
    fn when(self, holds: bool, otherwise: &str) -> Put;
}

impl When for Put {
    fn when(self, holds: bool, otherwise: &str) -> Put {
        if holds { self } else { Put::Text(otherwise.to_owned()) }
    }
}

fn same_heading(one: &Put, other: &Put) -> bool {
    let flat = |put: &Put| match put {
        Put::Text(text) => text.replace('\n', " "),
        _ => String::new(),
    };
    flat(one) == flat(other)
}

/// Writes a list down and gives the file.
pub fn write_down(dice: &mut Dice, style: &Style, households: &[Household]) -> Vec<u8> {
    let mut writer = Writer { dice, style: style.clone(), ordinal: 0, number: 0 };
    let pages: Vec<Page> = if style.village == "sheet" {
        VILLAGES
            .iter()
            .map(|village| {
                let here: Vec<Household> = households.iter().filter(|household| household.village == *village).cloned().collect();
                (village, here)
            })
            .filter(|(_, here)| !here.is_empty())
            .map(|(village, here)| writer.page(village, &here))
            .collect()
    } else {
        vec![writer.page("Danh sách", households)]
    };
    match style.file {
        "xlsx" => write::xlsx(&pages),
        "ods" => write::ods(&pages),
        "xls" => write::xls(&pages),
        "csv" => [b"\xEF\xBB\xBF".as_slice(), write::delimited(&pages[0], ',').as_bytes()].concat(),
        "csv;" => write::delimited(&pages[0], ';').into_bytes(),
        "tsv" => write::delimited(&pages[0], '\t').into_bytes(),
        "utf16" => {
            [0xFEFF].into_iter().chain(write::delimited(&pages[0], ';').encode_utf16()).flat_map(u16::to_le_bytes).collect()
        }
        _ => write::delimited(&pages[0], ',').chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect(),
    }
}
