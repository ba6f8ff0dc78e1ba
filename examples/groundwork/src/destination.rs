//! Where a service may be sent to by those it serves.
//!
//! A caller who names a URL could name one of the service's own network: its loopback, the metadata of its cloud, a
//! database beside it. What is refused is refused by address, where the name is looked up for the connection: what a name
//! meant earlier is no evidence, and a number can be written in many ways.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use clap::ValueEnum;

/// Which addresses a service connects to because a caller says so.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, ValueEnum)]
pub enum Destinations {
    /// Those of the public Internet.
    #[default]
    Public,
    /// All of them, loopback and this network too: for tests, and where every caller may reach this network anyway.
    Any,
}

impl Destinations {
    /// Whether the service connects there.
    pub fn include(self, address: IpAddr) -> bool {
        self == Self::Any || is_public(address)
    }

    /// Says no to the host of a URL that can be seen to be outside, before anything is looked up. A name that passes may
    /// still turn out to be: [`agent`] looks at what it means.
    ///
    /// # Errors
    ///
    /// A sentence for the caller.
    pub fn check_host(self, host: &str) -> Result<(), String> {
        let refused = || Err(format!("`{host}` is an address of this network, or none"));
        if self == Self::Any {
            return Ok(());
        }
        let name = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
        let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(&name);
        if let Ok(address) = bare.parse() {
            return if is_public(address) { Ok(()) } else { refused() };
        }
        let last = name.rsplit('.').next().unwrap_or_default();
        // `2130706433`, `127.1`, `0x7f.0.0.1`: numbers that a system's look-up takes for addresses (WHATWG URL, "ends in a
        // number").
        let is_number = last.starts_with("0x") || last.bytes().all(|byte| byte.is_ascii_digit());
        if is_number || last == "localhost" { refused() } else { Ok(()) }
    }
}

/// Whether anybody on the Internet means the same by an address: none of the special-purpose registries (RFC 6890), and
/// no IPv6 address that carries such an IPv4 one.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !matches!(
        (a, b, c),
        (0 | 10 | 127 | 224.., _, _)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    )
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, middle @ .., _, _] = address.segments();
    let carried = || {
        let [.., one, two, three, four] = address.octets();
        is_public_v4(Ipv4Addr::new(one, two, three, four))
    };
    match (first, second) {
        // Mapped (`::ffff:0:0/96`) and translated (`64:ff9b::/96`).
        (0, 0) => middle == [0, 0, 0, 0xffff] && carried(),
        (0x64, 0xff9b) => middle == [0, 0, 0, 0] && carried(),
        // Teredo and others of the IETF's, documentation, 6to4.
        (0x2001, 0..=0x1ff | 0xdb8) | (0x2002, _) | (0x3fff, 0..=0xfff) => false,
        // Global unicast; everything else is unspecified, loopback, unique local, link-local, multicast or reserved.
        _ => first & 0xe000 == 0x2000,
    }
}

#[cfg(feature = "egress")]
pub use connecting::agent;

#[cfg(feature = "egress")]
mod connecting {
    use std::time::Duration;

    use ureq::config::Config;
    use ureq::http::Uri;
    use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
    use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
    use ureq::{Agent, Error};

    use super::Destinations;

    /// A client that connects to these addresses alone, takes that long for a call at most, and goes nowhere else than it
    /// is told: it follows no redirect and uses no proxy, which would do the look-up itself.
    #[must_use]
    pub fn agent(destinations: Destinations, patience: Duration) -> Agent {
        let config = Agent::config_builder()
            .timeout_global(Some(patience))
            .max_redirects(0)
            .http_status_as_error(false)
            .proxy(None)
            // A connection that is kept is one that was looked up earlier.
            .max_idle_connections(0)
            .build();
        let resolver = Resolved { inner: DefaultResolver::default(), destinations };
        Agent::with_parts(config, DefaultConnector::default(), resolver)
    }

    #[derive(Debug)]
    struct Resolved {
        inner: DefaultResolver,
        destinations: Destinations,
    }

    impl Resolver for Resolved {
        fn resolve(
            &self,
            uri: &Uri,
            config: &Config,
            timeout: NextTimeout,
        ) -> Result<ResolvedSocketAddrs, Error> {
            let found = self.inner.resolve(uri, config, timeout)?;
            let mut kept = self.empty();
            for address in found.iter().filter(|address| self.destinations.include(address.ip())) {
                kept.push(*address);
            }
            if kept.is_empty() {
                return Err(Error::Other("it is an address of the service's own network".into()));
            }
            Ok(kept)
        }
    }

    #[cfg(test)]
    mod tests {
        use std::net::TcpListener;
        use std::time::Duration;

        use super::{Destinations, agent};

        #[test]
        fn nothing_reaches_loopback_by_whatever_name() {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let port = listener.local_addr().unwrap().port();
            listener.set_nonblocking(true).unwrap();
            let agent = agent(Destinations::Public, Duration::from_secs(2));
            for host in [
                "127.0.0.1",
                "localhost",
                "2130706433",
                "127.1",
                "0x7f000001",
                "0.0.0.0",
                "[::ffff:127.0.0.1]",
            ] {
                assert!(agent.get(format!("http://{host}:{port}/")).call().is_err(), "{host}");
                assert!(listener.accept().is_err(), "{host} was connected to");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Destinations;

    #[test]
    fn addresses_of_a_network_are_told_from_those_of_the_internet() {
        for inside in [
            "127.0.0.1",
            "127.255.255.254",
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "192.0.0.8",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "fe80::1",
            "fec0::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
            "100::1",
        ] {
            assert!(!Destinations::Public.include(inside.parse().unwrap()), "{inside}");
            assert!(Destinations::Any.include(inside.parse().unwrap()), "{inside}");
        }
        for outside in [
            "1.1.1.1",
            "100.63.0.1",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "198.17.0.1",
            "192.0.1.1",
            "223.255.255.255",
            "2606:4700::1111",
            "2a00:1450::1",
            "::ffff:1.1.1.1",
            "64:ff9b::101:101",
            "2001:4860:4860::8888",
        ] {
            assert!(Destinations::Public.include(outside.parse().unwrap()), "{outside}");
        }
    }

    #[test]
    fn a_host_that_can_be_seen_to_be_inside_is_refused_at_once() {
        for host in [
            "127.0.0.1",
            "localhost",
            "LOCALHOST.",
            "a.localhost",
            "[::1]",
            "[fe80::1]",
            "[::ffff:10.0.0.1]",
            "2130706433",
            "127.1",
            "0x7f000001",
            "0x7f.1",
            "0177.0.0.1",
            "169.254.169.254.",
            "10.0.0.1",
            "",
        ] {
            assert!(Destinations::Public.check_host(host).is_err(), "{host}");
            assert!(Destinations::Any.check_host(host).is_ok(), "{host}");
        }
        for host in ["hooks.example", "1.1.1.1", "[2606:4700::1111]", "localhost.example", "0x.example", "a1"]
        {
            assert!(Destinations::Public.check_host(host).is_ok(), "{host}");
        }
    }
}
