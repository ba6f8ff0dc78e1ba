//! Names for generated code, derived from scope names that may hold any character.
//!
//! The proc macro (which reads no file) and the policy stage must derive the same Rust variant from a scope name,
//! so the rule lives here, below both.

use alloc::string::String;

/// The `UpperCamelCase` name of a scope: words are cut at every character that is no letter or digit and before an
/// upper-case letter that follows a lower-case one; a leading digit gets the prefix `Scope`.
///
/// Returns an empty text if the name holds no ASCII letter or digit at all; such a scope needs an explicit name.
/// Two scopes may derive the same name: the policy stage reports that and asks for an explicit one.
///
/// ```
/// use scopewright_core::naming::variant_name;
/// assert_eq!(variant_name("read:cameras"), "ReadCameras");
/// assert_eq!(variant_name("vehicle-fields:read"), "VehicleFieldsRead");
/// assert_eq!(variant_name("Calls.JoinGroupCall.All"), "CallsJoinGroupCallAll");
/// assert_eq!(variant_name("https://www.example/auth/x"), "HttpsWwwExampleAuthX");
/// ```
pub fn variant_name(scope: &str) -> String {
    let mut name = String::with_capacity(scope.len());
    let mut at_word_start = true;
    for character in scope.chars() {
        if !character.is_ascii_alphanumeric() {
            at_word_start = true;
            continue;
        }
        if name.is_empty() && character.is_ascii_digit() {
            name.push_str("Scope");
        }
        name.push(if at_word_start { character.to_ascii_uppercase() } else { character });
        at_word_start = false;
    }
    // `Self` is the one upper-camel-case word that no variant can be called.
    if name == "Self" {
        name.push_str("Scope");
    }
    name
}
