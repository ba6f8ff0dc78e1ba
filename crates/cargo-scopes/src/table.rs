//! Rows as aligned columns for a terminal, or as a Markdown table.

/// How a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Columns as wide as their widest cell.
    Aligned,
    /// GitHub Flavored Markdown, section 4.10.
    Markdown,
}

impl Style {
    /// A table. There is none without rows.
    pub fn table<const COLUMNS: usize>(
        self,
        headings: [&str; COLUMNS],
        rows: &[[String; COLUMNS]],
    ) -> Option<String> {
        if rows.is_empty() {
            return None;
        }
        Some(match self {
            Self::Aligned => aligned(headings, rows),
            Self::Markdown => markdown(headings, rows),
        })
    }

    /// A table under a title.
    pub fn section<const COLUMNS: usize>(
        self,
        title: &str,
        headings: [&str; COLUMNS],
        rows: &[[String; COLUMNS]],
    ) -> Option<String> {
        let table = self.table(headings, rows)?;
        Some(match self {
            Self::Aligned => table,
            Self::Markdown => format!("## {title}\n\n{table}"),
        })
    }
}

/// Two blanks between columns; the last is as long as it is.
fn aligned<const COLUMNS: usize>(headings: [&str; COLUMNS], rows: &[[String; COLUMNS]]) -> String {
    let mut widths = headings.map(width);
    for row in rows {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = (*widest).max(width(cell));
        }
    }
    let headings = headings.map(str::to_owned);
    let lines = std::iter::once(&headings).chain(rows).map(|row| {
        let mut line = String::new();
        for (cell, widest) in row.iter().zip(widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', widest - width(cell) + 2));
        }
        line.truncate(line.trim_end().len());
        line.push('\n');
        line
    });
    lines.collect()
}

fn markdown<const COLUMNS: usize>(headings: [&str; COLUMNS], rows: &[[String; COLUMNS]]) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let mut text = line(&headings.map(str::to_owned));
    text.push_str(&line(&headings.map(|_| "---".to_owned())));
    for row in rows {
        text.push_str(&line(&row.each_ref().map(|cell| escaped(cell))));
    }
    text
}

/// Characters that would end a cell or begin markup lose their meaning.
fn escaped(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    for character in cell.chars() {
        match character {
            '\n' | '\r' => text.push(' '),
            '\\' | '|' | '`' | '*' | '_' | '<' | '>' | '[' | ']' | '#' | '~' => {
                text.extend(['\\', character]);
            }
            character => text.push(character),
        }
    }
    text
}

fn width(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::Style;

    fn rows() -> Vec<[String; 2]> {
        vec![["ä".to_owned(), "x | y".to_owned()], ["long".to_owned(), String::new()]]
    }

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        assert_eq!(Style::Aligned.table(["A", "B"], &rows()).unwrap(), "A     B\nä     x | y\nlong\n");
        assert_eq!(Style::Aligned.table(["A", "B"], &[]), None);
    }

    #[test]
    fn markdown_cells_hold_their_text() {
        let table = "| A | B |\n| --- | --- |\n| ä | x \\| y |\n| long |  |\n";
        assert_eq!(Style::Markdown.table(["A", "B"], &rows()).unwrap(), table);
    }
}
