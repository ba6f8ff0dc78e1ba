//! What requests say: JSON bodies and queries, read member by member, every wrong member reported at once.

mod extract;
mod fields;

pub(crate) use extract::{Body, Query};
pub(crate) use fields::{Change, Columns, Fields, Shape};

/// Declares what a body (or a query) has: `shape! { struct NewGroup { required name: Name, optional description: Note, } }`.
///
/// - `required`: must be there.
/// - `optional`: may be left out or be null; stored as NULL then.
/// - `change`: may be left out, and the column stays as it is then.
/// - `nullable`: as `change`, and null empties the column.
/// - `beside`: optional, and not a column of the row.
macro_rules! shape {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($kind:ident $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Debug)]
        $vis struct $name {
            $($vis $field: $crate::body::shape!(@type $kind $type),)*
        }

        impl $crate::body::Shape for $name {
            fn read(fields: &mut $crate::body::Fields) -> Option<Self> {
                $(let $field = fields.$kind::<$type>(stringify!($field));)*
                Some(Self { $($field: $field?,)* })
            }

            fn columns(&self) -> $crate::body::Columns {
                let mut columns = $crate::body::Columns::default();
                $(columns.$kind(stringify!($field), &self.$field);)*
                columns
            }
        }
    };
    (@type required $type:ty) => { $type };
    (@type optional $type:ty) => { Option<$type> };
    (@type beside $type:ty) => { Option<$type> };
    (@type change $type:ty) => { Option<$type> };
    (@type nullable $type:ty) => { $crate::body::Change<$type> };
}
pub(crate) use shape;
