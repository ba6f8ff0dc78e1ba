//! What the file may hold, as data: every table, key, kind of value, rule between keys and word of explanation.
//!
//! The reader walks it to find what is wrong with a file, and the JSON Schema is printed from it, so that the two
//! can't say different things. It is written by `raw_table!` and `raw_words!`, beside the types that are read.

/// A table with fixed keys.
#[derive(Debug)]
pub(crate) struct TableShape {
    /// The name of the definition in the schema.
    #[cfg_attr(not(feature = "schema"), expect(dead_code, reason = "only the schema names its definitions"))]
    pub(crate) name: &'static str,
    /// What the table is for.
    #[cfg_attr(not(feature = "schema"), expect(dead_code, reason = "only the schema explains"))]
    pub(crate) doc: &'static str,
    /// The keys, in the order they are best written in.
    pub(crate) keys: &'static [KeyShape],
    /// What holds between keys.
    pub(crate) rules: &'static [&'static [Rule]],
}

/// One key of a table.
#[derive(Debug)]
pub(crate) struct KeyShape {
    /// As written in the file.
    pub(crate) name: &'static str,
    /// What it is for.
    #[cfg_attr(not(feature = "schema"), expect(dead_code, reason = "only the schema explains"))]
    pub(crate) doc: &'static str,
    /// Whether it must be there.
    pub(crate) need: Need,
    /// What may stand behind it.
    pub(crate) value: ValueShape,
    /// Values, as TOML.
    pub(crate) examples: &'static [&'static str],
}

/// Whether a key must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// It may be left out.
    Optional,
    /// It must be there.
    Required,
    /// It must be there because it answers a question that has no safe default: whether scopes are enforced.
    Answer,
}

/// What holds between the keys of a table.
#[derive(Debug)]
pub(crate) enum Rule {
    /// One of these must be there; the text says what for.
    AtLeastOne(&'static [&'static str], &'static str),
    /// No two of these go together; the text says why.
    AtMostOne(&'static [&'static str], &'static str),
    /// Where `key` is `word`, or is there at all if that is empty, `needs` must be there too.
    Needs {
        /// The deciding key.
        key: &'static str,
        /// Its value.
        word: &'static str,
        /// What must be there.
        needs: &'static [&'static str],
    },
    /// `keys` say something only where `with` is one of `words`.
    Only {
        /// The keys.
        keys: &'static [&'static str],
        /// The deciding key.
        with: &'static str,
        /// Its values.
        words: &'static [&'static str],
    },
    /// `keys` say something only beside one of `others`.
    Beside {
        /// The keys.
        keys: &'static [&'static str],
        /// What must be there.
        others: &'static [&'static str],
    },
    /// Where `by` stands it says what `keys` would: they are not needed, and can't stand beside it.
    Replaced {
        /// The keys.
        keys: &'static [&'static str],
        /// The deciding key.
        by: &'static str,
    },
    /// `keys` can't stand where `without` stands.
    Never {
        /// The keys.
        keys: &'static [&'static str],
        /// The deciding key.
        without: &'static str,
    },
}

/// What may stand behind a key.
#[derive(Debug)]
#[cfg_attr(
    not(feature = "schema"),
    expect(dead_code, reason = "the reader is typed; the schema looks inside")
)]
pub(crate) enum ValueShape {
    /// A text that is not blank.
    Text {
        /// An ECMA 262 pattern for editors, looser than or equal to what the reader checks.
        pattern: Option<&'static str>,
    },
    /// One of fixed words.
    Words(&'static [WordShape]),
    /// True or false.
    Boolean,
    /// Only `true`: what is not so is left out.
    Yes,
    /// A whole number.
    Number {
        /// The least.
        least: u32,
        /// The most.
        most: u32,
    },
    /// The name of a warning that can be made an error.
    Warning,
    /// A day, as a text or as TOML's own date.
    Date,
    /// Any value that JSON has too.
    Any,
    /// A list.
    List {
        /// What it holds.
        item: &'static ValueShape,
        /// The fewest it may hold.
        least: u16,
    },
    /// A table whose keys are names the user chooses.
    Entries {
        /// An ECMA 262 pattern for the names.
        names: &'static str,
        /// What stands behind each.
        value: &'static ValueShape,
    },
    /// A table with fixed keys.
    Table(&'static TableShape),
    /// Any one of these.
    OneOf(&'static [ValueShape]),
}

/// One of fixed words.
#[derive(Debug)]
pub(crate) struct WordShape {
    /// As written in the file.
    pub(crate) word: &'static str,
    /// What it says.
    #[cfg_attr(not(feature = "schema"), expect(dead_code, reason = "only the schema explains"))]
    pub(crate) doc: &'static str,
}
