//! What is told of all reports at once, by `read` and by `map`, and how words for it are understood.

use stemma::model::{Lang, Moment};
use stemma::read::{Field, Told};

/// What is told of all reports.
#[derive(Debug, clap::Args)]
pub(crate) struct ToldArgs {
    /// When reports that do not say were published: 2025-07-13 or 2025-07-13T08:30.
    #[arg(long, value_name = "DATE", value_parser = moment)]
    published: Option<Moment>,
    /// The language of all reports, as a code such as en or pt; told by the text if not given.
    #[arg(long, value_name = "CODE", value_parser = lang)]
    lang: Option<Lang>,
    /// Which column of rows holds a field, where its name does not say: text=Body. May be given several times; fields
    /// are text, title, url, published, outlet, author, lang, section, id and seen.
    #[arg(long, value_name = "FIELD=COLUMN", value_parser = column)]
    map: Vec<(Field, String)>,
    /// How many threads to work with; all cores if not given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
}

impl ToldArgs {
    /// The same as the reader takes it.
    pub(crate) fn told(self) -> Told {
        Told { published: self.published, lang: self.lang, columns: self.map }
    }
}

pub(crate) fn moment(typed: &str) -> Result<Moment, String> {
    Moment::parse(typed).ok_or_else(|| "a date is like 2025-07-13 or 2025-07-13T08:30:00+02:00".into())
}

fn column(typed: &str) -> Result<(Field, String), String> {
    let usage = "write FIELD=COLUMN, such as text=Body; fields are text, title, url, published, outlet, author, \
                 lang, section, id and seen";
    let (field, column) = typed.split_once('=').ok_or(usage)?;
    let field = Field::parse(field.trim()).ok_or(usage)?;
    if column.trim().is_empty() { Err(usage.into()) } else { Ok((field, column.trim().to_owned())) }
}

pub(crate) fn lang(typed: &str) -> Result<Lang, String> {
    let lang = Lang::parse(typed);
    if lang.is_known() {
        Ok(lang)
    } else {
        Err("a language is two or three letters, such as en, pt or deu".into())
    }
}

/// A number of bytes: `500M`, `4G`, `1.5GB`.
pub(crate) fn size(typed: &str) -> Result<usize, String> {
    let usage = || "a size is like 500M, 4G or 1.5G".to_owned();
    let typed = typed.trim().trim_end_matches(['b', 'B']).trim_end_matches('i');
    let unit = typed.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number: f64 = typed[..typed.len() - unit.len()].parse().map_err(|_| usage())?;
    let shift = match unit.trim().to_ascii_uppercase().as_str() {
        "M" => 20,
        "G" => 30,
        "T" => 40,
        _ => return Err(usage()),
    };
    Ok((number * f64::from(1 << 20) * f64::powi(2.0, shift - 20)) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_understood() {
        for (typed, bytes) in [("500M", 500 << 20), ("4g", 4 << 30), ("1.5GiB", 3 << 29), ("2 GB", 2 << 30)] {
            assert_eq!(size(typed), Ok(bytes), "{typed}");
        }
        for wrong in ["", "4", "G", "4X", "-1G", "1e9M"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
