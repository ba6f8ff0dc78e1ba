//! The notation in which raw tables are written: each key once, with its type, need, words and examples.

/// A table with fixed keys: the raw struct, its shape and how it is read, from one list.
macro_rules! raw_table {
    (
        $(#[doc = $table_doc:literal])+
        $name:ident {
            $(
                $(#[doc = $doc:literal])+
                $field:ident: $need:ident $ty:ty = $key:literal $(, $example:literal)*;
            )+
        }
        rules [$($rules:expr),* $(,)?]
    ) => {
        $(#[doc = $table_doc])+
        #[derive(Debug, Default)]
        pub(crate) struct $name {
            $(
                $(#[doc = $doc])+
                pub(crate) $field: Option<$crate::raw::Field<$ty>>,
            )+
        }

        impl $name {
            const TABLE: $crate::raw::shape::TableShape = $crate::raw::shape::TableShape {
                name: stringify!($name),
                doc: concat!($($table_doc),+),
                keys: &[$(
                    $crate::raw::shape::KeyShape {
                        name: $key,
                        doc: concat!($($doc),+),
                        need: $crate::raw::shape::Need::$need,
                        value: <$ty as $crate::raw::Raw>::SHAPE,
                        examples: &[$($example),*],
                    }
                ),+],
                rules: &[$($rules),*],
            };

            /// Reads the keys of an opened table.
            fn read_keys(
                reader: &$crate::raw::TableReader<'_, '_>,
                cx: &mut $crate::context::Context<'_>,
            ) -> Self {
                Self { $($field: reader.take($key, cx)),+ }
            }
        }

        impl $crate::raw::Raw for $name {
            const SHAPE: $crate::raw::ValueShape = $crate::raw::ValueShape::Table(&Self::TABLE);

            fn read(node: &$crate::raw::Node<'_, '_>, cx: &mut $crate::context::Context<'_>) -> Option<Self> {
                $crate::raw::TableReader::open(node, &Self::TABLE, cx)
                    .map(|reader| Self::read_keys(&reader, cx))
            }
        }
    };
}

/// A value that is one of fixed words.
macro_rules! raw_words {
    ($ty:ty { $($word:literal => $value:expr, $doc:literal;)+ }) => {
        impl $crate::raw::Raw for $ty {
            const SHAPE: $crate::raw::ValueShape = $crate::raw::ValueShape::Words(&[
                $($crate::raw::shape::WordShape { word: $word, doc: $doc }),+
            ]);

            fn read(node: &$crate::raw::Node<'_, '_>, cx: &mut $crate::context::Context<'_>) -> Option<Self> {
                $crate::raw::read_word(&[$(($word, $value)),+], node, cx)
            }
        }
    };
}

pub(crate) use {raw_table, raw_words};
