//! Numbers and tables for people.

/// On which side a column's texts stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// Rows of texts in columns as wide as they need be.
pub(crate) struct Table {
    columns: Vec<(&'static str, Align)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these columns.
    pub(crate) fn new(columns: &[(&'static str, Align)]) -> Self {
        Self { columns: columns.to_vec(), rows: Vec::new() }
    }

    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The lines, the first of them the columns' names. A column in which nothing stands is left out.
    pub(crate) fn lines(&self) -> Vec<String> {
        let cell = |row: &Vec<String>, column: usize| row.get(column).cloned().unwrap_or_default();
        let shown: Vec<usize> = (0..self.columns.len())
            .filter(|column| self.rows.iter().any(|row| !cell(row, *column).is_empty()))
            .collect();
        let header: Vec<String> = self.columns.iter().map(|(name, _)| (*name).to_owned()).collect();
        let all: Vec<&Vec<String>> = std::iter::once(&header).chain(&self.rows).collect();
        let width =
            |column: usize| all.iter().map(|row| cell(row, column).chars().count()).max().unwrap_or(0);
        let widths: Vec<(usize, usize)> = shown.iter().map(|column| (*column, width(*column))).collect();
        let line = |row: &&Vec<String>| {
            let cells = widths.iter().map(|(column, width)| {
                let text = cell(row, *column);
                match self.columns.get(*column) {
                    Some((_, Align::Right)) => format!("{text:>width$}"),
                    _ => format!("{text:<width$}"),
                }
            });
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        all.iter().map(line).collect()
    }
}

/// `1,203,441`
pub(crate) fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A number, or nothing instead of 0.
pub(crate) fn some(count: u64) -> String {
    if count == 0 { String::new() } else { number(count) }
}

/// The share as a number, to four places; none of nothing.
pub(crate) fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| (part as f64 / whole as f64 * 10_000.0).round() / 10_000.0)
}

/// `12.3 %`; what is more than nothing is never written as nothing, nor what is less than all as all.
pub(crate) fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let percent = part as f64 / whole as f64 * 100.0;
    match () {
        () if part > 0 && percent < 0.1 => "< 0.1 %".to_owned(),
        () if part < whole && percent > 99.9 => "> 99.9 %".to_owned(),
        () => format!("{percent:.1} %"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_shares_are_easy_to_read() {
        let numbers = [0, 999, 1_000, 1_203_441].map(number);
        assert_eq!(numbers, ["0", "999", "1,000", "1,203,441"]);
        let shares = [(0, 0), (0, 7), (1, 8), (1, 10_000), (9_999, 10_000), (7, 7)];
        assert_eq!(
            shares.map(|(part, whole)| percent(part, whole)),
            ["–", "0.0 %", "12.5 %", "< 0.1 %", "> 99.9 %", "100.0 %"]
        );
    }

    #[test]
    fn columns_are_as_wide_as_they_need_be_and_empty_ones_are_left_out() {
        let mut table =
            Table::new(&[("stage", Align::Left), ("nothing", Align::Right), ("views", Align::Right)]);
        table.row(["cart".to_owned(), String::new(), "1,203".to_owned()]);
        table.row(["thank-you".to_owned(), String::new(), "7".to_owned()]);
        assert_eq!(table.lines(), ["stage      views", "cart       1,203", "thank-you      7"]);
    }
}
