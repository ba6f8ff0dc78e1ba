//! Takes out of an answer what is another one each time: times, secrets, ports.

use std::sync::LazyLock;

use regex::Regex;

/// What is replaced, most particular first.
static VOLATILE: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    [
        // A header that says when; everything else about an answer is compared.
        (r"(?mi)^date: .*\n", ""),
        // Whether the connection goes on depends on how much of a body had come when it was answered; it is no part of
        // the answer (RFC 9110 section 7.6.1).
        (r"(?mi)^connection: .*\n", ""),
        // A body without a line end of its own, and the next answer behind it.
        (r"(?m)([^\n])(HTTP/1\.1 \d{3})", "$1\n\n$2"),
        (r"http://127\.0\.0\.1:\d+", "<base>"),
        // RFC 3339.
        (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", "<time>"),
        (r"\b\d{4}-\d\d-\d\d\b", "<date>"),
        (r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", "<uuid>"),
        // The name of a row that is random: a kind, and 96 bits in base 16.
        (r"\b([a-z]{2,8})_[0-9a-f]{24}\b", "<${1}_id>"),
        // Three parts between dots, the first of which begins with `{"`.
        (r"\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+", "<jwt>"),
        // A prefix that tells whose secret it is, and 256 random bits in base64url.
        (r"\b([a-z]{2,8}_)([a-z]{2,8}_)?[A-Za-z0-9_-]{43}\b", "<secret>"),
        // How a secret begins, shown to tell one key from another.
        (r"\b([a-z]{2,8}_)([a-z]{2,8}_)?[A-Za-z0-9_-]{2,12}(…|\.\.\.|\*+)", "<hint>"),
    ]
    .map(|(pattern, replacement)| (Regex::new(pattern).unwrap(), replacement))
    .into()
});

/// What a script printed, in the form it is compared in.
pub fn normalised(printed: &str) -> String {
    let mut text = printed.replace('\r', "");
    for (pattern, replacement) in VOLATILE.iter() {
        text = pattern.replace_all(&text, *replacement).into_owned();
    }
    with_sorted_headers(&text)
}

/// The headers of each answer by name: actix-web keeps them in a hash map, and the order of differently named ones says
/// nothing (RFC 9110 section 5.3).
fn with_sorted_headers(text: &str) -> String {
    let mut sorted: Vec<&str> = Vec::new();
    let mut lines = text.split('\n');
    while let Some(line) = lines.next() {
        sorted.push(line);
        if line.starts_with("HTTP/1.1 ") {
            let mut headers: Vec<&str> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
            headers.sort_by_key(|line| line.split(':').next().map(str::to_ascii_lowercase));
            sorted.append(&mut headers);
            sorted.push("");
        }
    }
    sorted.join("\n")
}

#[cfg(test)]
mod tests {
    use super::normalised;

    #[test]
    fn only_what_changes_is_taken_out() {
        let printed = "HTTP/1.1 201 Created\r\nDate: Sun, 22 Nov 2026 02:00:00 GMT\r\ncontent-length: 9\r\n\r\n\
                       {\"secret\":\"sk_live_0123456789012345678901234567890123456789-_0\",\"hint\":\"sk_live_0123…\",\
                       \"id\":\"key_0123456789abcdef01234567\",\"at\":\"2026-11-22T02:00:00.123Z\",\"scope\":\"read\"}";
        assert_eq!(
            normalised(printed),
            "HTTP/1.1 201 Created\ncontent-length: 9\n\n\
             {\"secret\":\"<secret>\",\"hint\":\"<hint>\",\"id\":\"<key_id>\",\"at\":\"<time>\",\"scope\":\"read\"}"
        );
    }

    #[test]
    fn headers_are_compared_whatever_their_order() {
        let printed = "HTTP/1.1 401 Unauthorized\nwww-authenticate: Bearer\nContent-Length: 2\n\nb: a\na: b";
        assert_eq!(
            normalised(printed),
            "HTTP/1.1 401 Unauthorized\nContent-Length: 2\nwww-authenticate: Bearer\n\nb: a\na: b"
        );
    }
}
