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

/// A number that stands for exactly this name (64-bit FNV-1a), where comparing texts is too dear: in constants that
/// rustc evaluates for every annotated handler.
///
/// Several names can derive one variant (`read:cameras`, `read.cameras`); the fingerprint tells them apart. It is
/// part of what generated code and expanded attributes agree on.
///
/// ```
/// use scopewright_core::naming::fingerprint;
/// assert_eq!(fingerprint(""), 0xcbf2_9ce4_8422_2325);
/// assert_eq!(fingerprint("a"), 0xaf63_dc4c_8601_ec8c);
/// assert_ne!(fingerprint("read:cameras"), fingerprint("read.cameras"));
/// ```
#[expect(clippy::indexing_slicing, reason = "the loop compares the index with the length")]
pub const fn fingerprint(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut at = 0;
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0000_0100_0000_01b3);
        at += 1;
    }
    hash
}
