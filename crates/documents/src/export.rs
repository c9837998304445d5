//! Lists out: a workbook that Excel opens with the right types, and the empty list to fill in.
//!
//! Ids and telephone numbers are text, since a number loses its zero. A full date is a real date; one known only to
//! the month or year is text, since a spreadsheet would invent the day. Headings come from the caller.

use chrono::{Datelike, NaiveDate};
use domain::{PartialDate, codes, text};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula,
    Workbook, Worksheet, XlsxError,
};
use serde::{Deserialize, Serialize};

/// A list to write.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Name of the sheet.
    pub sheet: String,
    /// Title over the list; empty for none.
    pub title: String,
    /// Who took it out and when, over the list and at the foot of each page; empty for none.
    pub watermark: String,
    /// Day written into the file's properties; none leaves it out.
    pub made_on: Option<NaiveDate>,
    /// Left to right.
    pub columns: Vec<TableColumn>,
    /// Rows of as many cells as there are columns.
    pub rows: Vec<Vec<TableCell>>,
}

/// One column of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TableColumn {
    /// Heading.
    pub heading: String,
    /// Width in letters; 0 takes that of the longest cell.
    pub width: u16,
}

/// One cell of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum TableCell {
    /// Nothing.
    #[default]
    Empty,
    /// Text, an id or a telephone number.
    Text(String),
    /// A number to count with.
    Number(f64),
    /// A date as far as it is known.
    Date(PartialDate),
}

/// The file could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the workbook could not be written")]
pub struct WriteError(#[from] XlsxError);

/// Longest text a cell of Excel holds.
const LONGEST: usize = 32_000;
const ACCENT: Color = Color::RGB(0x00E3_EEF1);

/// Writes one list.
///
/// # Errors
/// When the list has more rows or columns than a sheet.
pub fn write_xlsx(table: &Table) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(table.made_on)?);
    let sheet = workbook.add_worksheet();
    sheet.set_name(sheet_name(&table.sheet))?;
    let mut row = 0;
    for (line, format) in
        [(&table.title, Format::new().set_bold().set_font_size(13)), (&table.watermark, Format::new().set_italic())]
    {
        if !line.is_empty() {
            sheet.write_string_with_format(row, 0, clean(line), &format)?;
            row += 1;
        }
    }
    if !table.watermark.is_empty() {
        // `&` begins an instruction there.
        sheet.set_footer(format!(
            "&L&8{}&R&8&P/&N",
            clean(&table.watermark).replace('&', "&&").chars().take(200).collect::<String>()
        ));
    }
    heading_row(sheet, row, &table.columns.iter().map(|column| column.heading.as_str()).collect::<Vec<_>>())?;
    for (index, cells) in (0_u32..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            write_cell(sheet, row + 1 + index, column, cell)?;
        }
    }
    for (index, column) in (0_u16..).zip(&table.columns) {
        sheet.set_column_width(index, width(table, usize::from(index), column))?;
    }
    let last_column = u16::try_from(table.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let last_row = row + u32::try_from(table.rows.len()).unwrap_or(u32::MAX - row);
    sheet.autofilter(row, 0, last_row, last_column)?;
    sheet.set_repeat_rows(row, row)?;
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0);
    Ok(workbook.save_to_buffer()?)
}

fn properties(made_on: Option<NaiveDate>) -> Result<DocProperties, XlsxError> {
    let day = made_on.unwrap_or(NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or_default());
    let moment = ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or(2000), month(day), dom(day))?;
    Ok(DocProperties::new().set_creation_datetime(&moment))
}

fn month(day: NaiveDate) -> u8 {
    u8::try_from(day.month()).unwrap_or(1)
}

fn dom(day: NaiveDate) -> u8 {
    u8::try_from(day.day()).unwrap_or(1)
}

/// Excel refuses some signs and more than 31 letters in the name of a sheet.
fn sheet_name(name: &str) -> String {
    let kept: String =
        text::tidy(name).chars().filter(|c| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'')).take(31).collect();
    if kept.is_empty() { "1".to_owned() } else { kept }
}

fn clean(text: &str) -> String {
    text::nfc(text).chars().filter(|c| !c.is_control() || *c == '\n').take(LONGEST).collect()
}

fn heading_row(sheet: &mut Worksheet, row: u32, headings: &[&str]) -> Result<(), XlsxError> {
    let format = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_background_color(ACCENT)
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter);
    for (column, heading) in (0_u16..).zip(headings) {
        sheet.write_string_with_format(row, column, clean(heading), &format)?;
    }
    sheet.set_freeze_panes(row + 1, 0)?;
    Ok(())
}

fn write_cell(sheet: &mut Worksheet, row: u32, column: u16, cell: &TableCell) -> Result<(), XlsxError> {
    match cell {
        TableCell::Empty => {}
        TableCell::Text(text) => {
            sheet.write_string_with_format(row, column, clean(text), &as_text())?;
        }
        TableCell::Number(number) => {
            sheet.write_number(row, column, *number)?;
        }
        TableCell::Date(PartialDate::Day(date)) if date.year() >= 1900 => {
            let day = ExcelDateTime::from_ymd(u16::try_from(date.year()).unwrap_or(1900), month(*date), dom(*date))?;
            sheet.write_datetime_with_format(row, column, &day, &as_date())?;
        }
        // Excel knows no day before 1900: as text, and so that day and month cannot be taken for each other.
        TableCell::Date(PartialDate::Day(date)) => {
            sheet.write_string_with_format(row, column, date.to_string(), &as_text())?;
        }
        TableCell::Date(date) => {
            sheet.write_string_with_format(row, column, shown(date), &as_text())?;
        }
    }
    Ok(())
}

fn as_text() -> Format {
    Format::new().set_num_format("@")
}

fn as_date() -> Format {
    Format::new().set_num_format("dd/mm/yyyy")
}

/// A date as people write it: `17/03/1948`, `03/1948`, `1948`.
#[must_use]
pub fn shown(date: &PartialDate) -> String {
    match date {
        PartialDate::Year(year) => year.to_string(),
        PartialDate::Month(month) => format!("{:02}/{}", month.month, month.year),
        PartialDate::Day(date) => date.format("%d/%m/%Y").to_string(),
    }
}

fn width(table: &Table, index: usize, column: &TableColumn) -> f64 {
    if column.width > 0 {
        return f64::from(column.width);
    }
    let longest = table.rows.iter().filter_map(|row| row.get(index)).map(|cell| match cell {
        TableCell::Text(text) => text.chars().count(),
        TableCell::Date(_) => 10,
        TableCell::Number(_) => 12,
        TableCell::Empty => 0,
    });
    let letters = longest.max().unwrap_or(0).max(column.heading.chars().count().min(18)) + 2;
    f64::from(u16::try_from(letters.clamp(6, 60)).unwrap_or(60))
}

#[derive(Deserialize)]
struct Template {
    list_sheet: String,
    example_sheet: String,
    codes_sheet: String,
    columns: Vec<TemplateColumn>,
    example: Vec<Vec<String>>,
}

#[derive(Deserialize)]
struct TemplateColumn {
    heading: String,
    kind: String,
    width: u16,
    list: Option<String>,
}

/// The empty list to fill in (`assets/imports/template.json`), with an example and the words of the code lists on
/// sheets of their own, which the reader of lists passes over.
///
/// # Errors
/// When the file cannot be made.
pub fn template_xlsx() -> Result<Vec<u8>, WriteError> {
    let template: Template = serde_json::from_str(include_str!("../../../assets/imports/template.json"))
        .map_err(|error| XlsxError::ParameterError(error.to_string()))?;
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(None)?);
    let headings: Vec<&str> = template.columns.iter().map(|column| column.heading.as_str()).collect();
    let lists: Vec<(&str, &[codes::Code])> = template
        .columns
        .iter()
        .filter_map(|column| column.list.as_deref().map(|list| (column.heading.as_str(), codes::list(list))))
        .collect();
    for name in [&template.list_sheet, &template.example_sheet] {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name)?;
        heading_row(sheet, 0, &headings)?;
        for (index, column) in (0_u16..).zip(&template.columns) {
            sheet.set_column_width(index, f64::from(column.width))?;
            // A date column stays text until somebody types a date: a year alone would become a day of 1905.
            sheet.set_column_format(index, &as_text())?;
            let place = column.list.as_ref().and_then(|_| lists.iter().position(|(heading, _)| *heading == column.heading));
            if let Some((letter, rows)) =
                place.and_then(|place| Some((crate::sheet::column_letters(place), lists.get(place)?.1.len())))
            {
                let source = Formula::new(format!("='{}'!${letter}$2:${letter}${}", template.codes_sheet, rows + 1));
                let validation =
                    DataValidation::new().allow_list_formula(source).set_error_style(DataValidationErrorStyle::Information);
                sheet.add_data_validation(1, index, 20_000, index, &validation)?;
            }
        }
    }
    let sheet = workbook.worksheet_from_name(&template.example_sheet)?;
    for (row, cells) in (1_u32..).zip(&template.example) {
        for ((index, column), value) in (0_u16..).zip(&template.columns).zip(cells) {
            let cell = match value.parse::<PartialDate>() {
                _ if value.is_empty() => TableCell::Empty,
                Ok(date) if column.kind == "date" => TableCell::Date(date),
                _ => TableCell::Text(value.clone()),
            };
            write_cell(sheet, row, index, &cell)?;
        }
    }
    let sheet = workbook.add_worksheet();
    sheet.set_name(&template.codes_sheet)?;
    heading_row(sheet, 0, &lists.iter().map(|(heading, _)| *heading).collect::<Vec<_>>())?;
    for (index, (_, rows)) in (0_u16..).zip(&lists) {
        sheet.set_column_width(index, 32)?;
        for (row, code) in (1_u32..).zip(*rows) {
            sheet.write_string(row, index, &code.vi)?;
        }
    }
    Ok(workbook.save_to_buffer()?)
}
