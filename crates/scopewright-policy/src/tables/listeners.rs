//! `[[listeners]]`: what is served beside the API.

use super::sources::FunctionPath;
use crate::raw::{Field, Many, Text, raw_table};
use scopewright_model::Spanned;
use scopewright_model::policy::Listener;

raw_table! {
    /// A router that is served beside the API and that nothing guards: metrics, a debug port.
    RawListener {
        /// The function that serves it, as a path from the crate's root.
        served_in: Required FunctionPath = "served_in", "\"metrics::serve\"";
        /// Why nothing has to guard it. Its routes are no endpoints of the API.
        unguarded: Required Text = "unguarded", "\"Prometheus reads it on a port that is not published.\"";
    }
    rules []
}

/// `[[listeners]]`, checked.
pub(crate) fn check(listeners: Option<Field<Many<RawListener>>>) -> Vec<Listener> {
    let listeners = listeners.map(|field| field.value.0).unwrap_or_default();
    let sound = listeners.into_iter().filter_map(|Spanned { value, span }| {
        let served_in = value.served_in?;
        let reason = value.unguarded?.value.0;
        Some(Listener { served_in: Spanned::new(served_in.value.0, served_in.span), reason, span })
    });
    sound.collect()
}
