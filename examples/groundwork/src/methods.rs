//! Which methods a path has: what `Allow` says in a 405 (RFC 9110, section 15.5.6).

/// The methods of the routes whose path fits a request's, in their order, each once. Parameters of a route's path are
/// `{name}`, and `{*name}` for the rest of it.
///
/// ```
/// let routes = [("GET", "/cameras/{id}"), ("DELETE", "/cameras/{id}"), ("GET", "/cameras")];
/// let allowed = example_groundwork::methods::allowed(routes, "/cameras/7");
/// assert_eq!(allowed, ["GET", "DELETE"]);
/// ```
pub fn allowed<'r>(routes: impl IntoIterator<Item = (&'r str, &'r str)>, path: &str) -> Vec<&'r str> {
    let mut methods = Vec::new();
    for (method, route) in routes {
        if fits(route, path) && !methods.contains(&method) {
            methods.push(method);
        }
    }
    methods
}

fn fits(route: &str, path: &str) -> bool {
    let (mut pattern, mut segments) = (route.split('/'), path.split('/'));
    loop {
        match (pattern.next(), segments.next()) {
            (None, None) => return true,
            (Some(part), Some(segment)) if part.starts_with("{*") => return !segment.is_empty(),
            (Some(part), Some(segment)) if part.starts_with('{') && !segment.is_empty() => {}
            (Some(part), Some(segment)) if part == segment => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::allowed;

    #[test]
    fn a_path_has_the_methods_of_every_route_that_fits_it() {
        let routes = [
            ("GET", "/runs"),
            ("GET", "/runs/{id}"),
            ("PATCH", "/runs/{id}"),
            ("POST", "/runs/export"),
            ("GET", "/files/{*path}"),
        ];
        let of = |path| allowed(routes, path);
        assert_eq!(of("/runs"), ["GET"]);
        assert_eq!(of("/runs/1"), ["GET", "PATCH"]);
        assert_eq!(of("/runs/export"), ["GET", "PATCH", "POST"]);
        assert_eq!(of("/files/a/b"), ["GET"]);
        for nowhere in ["/", "/runs/", "/runs/1/2", "/run", "/files/", "runs"] {
            assert_eq!(of(nowhere), Vec::<&str>::new(), "{nowhere}");
        }
    }
}
