//! The names that a server answers to. A page of another site can make a name of its own lead here; it may not read what is here.

use std::net::IpAddr;

/// The names that a server answers to.
#[derive(Debug, Clone, Default)]
pub struct Hosts {
    names: Vec<String>,
    any_address: bool,
}

impl Hosts {
    /// Those of a server that is bound to an address, under the name that was given for it, where there is one.
    pub fn new(bound: IpAddr, named: Option<&str>) -> Hosts {
        let usual = ["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned(), bound.to_string()];
        let names = usual.into_iter().chain(named.map(|name| name.trim_matches(['[', ']']).to_ascii_lowercase())).collect();
        // Bound to all addresses of the machine, it is reached under any of them. An address cannot be made to lead elsewhere.
        Hosts { names, any_address: bound.is_unspecified() }
    }

    /// True where a server answers to what a browser says in `Host`.
    pub fn allow(&self, host: &str) -> bool {
        let name = match host.strip_prefix('[') {
            Some(rest) => rest.split_once(']').map_or("", |(name, _)| name),
            None => host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host, |(name, _)| name),
        };
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        self.names.contains(&name) || (self.any_address && name.parse::<IpAddr>().is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_names_are_answered() {
        let local = Hosts::new([127, 0, 0, 1].into(), None);
        for host in ["localhost:4173", "LOCALHOST", "localhost.", "127.0.0.1:80", "[::1]:4173"] {
            assert!(local.allow(host), "{host}");
        }
        for host in ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:4173", "192.168.0.7", "", "[", "[::2]", ":4173"] {
            assert!(!local.allow(host), "{host}");
        }
        let named = Hosts::new([192, 168, 0, 7].into(), Some("Book.lan"));
        assert!(named.allow("book.lan:4173") && named.allow("192.168.0.7:4173") && !named.allow("192.168.0.8:4173"));
        let all = Hosts::new([0, 0, 0, 0].into(), Some("0.0.0.0"));
        assert!(all.allow("10.0.0.9:4173") && all.allow("[fe80::1]:4173") && !all.allow("evil.example:4173"));
    }
}
