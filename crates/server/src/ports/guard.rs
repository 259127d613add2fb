//! Which addresses the server may connect to.
//!
//! Much of what it calls is named by people who may configure a user pool and must not thereby reach
//! what stands beside the server: its metadata service, its database, its neighbours. So addresses
//! that are not of the public internet are refused, unless the operator names host or network. What
//! is checked is the address that is connected to: a name that resolves to something else a moment
//! later, or an unusual way of writing a number, changes nothing.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use ipnet::IpNet;

/// Hosts or networks that the operator may name.
pub const ALLOWED_MAX: usize = 100;

/// Something that may be reached wherever it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// A host, by the name or address that a URL has, in lower case.
    Host(String),
    /// All addresses of a network.
    Network(IpNet),
}

impl FromStr for Allowed {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Ok(network) = text.parse::<IpNet>() {
            return Ok(Self::Network(network.trunc()));
        }
        let bare = text.trim_start_matches('[').trim_end_matches(']');
        if let Ok(address) = bare.parse::<IpAddr>() {
            return Ok(Self::Network(address.into()));
        }
        let name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
        if text.is_empty() || text.len() > 253 || !text.bytes().all(name) {
            return Err("expected a host name, an address or a network such as 10.1.0.0/16");
        }
        Ok(Self::Host(text.to_ascii_lowercase()))
    }
}

/// Decides where connections may go.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    allowed: Vec<Allowed>,
}

impl Guard {
    /// Lets everything public pass, and what is in the list.
    pub fn new(allowed: Vec<Allowed>) -> Self {
        Self { allowed }
    }

    /// The networks that `poolhouse dev` lets pass by itself: this machine.
    pub fn this_machine() -> Vec<Allowed> {
        ["127.0.0.0/8", "::1/128"].iter().filter_map(|network| network.parse().ok()).collect()
    }

    /// Whether a URL with this host may lead to this address.
    pub fn permits(&self, host: &str, address: IpAddr) -> bool {
        let address = unmapped(address);
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let named = |allowed: &Allowed| match allowed {
            Allowed::Host(name) => name.eq_ignore_ascii_case(host),
            Allowed::Network(network) => network.contains(&address),
        };
        is_public(address) || self.allowed.iter().any(named)
    }
}

/// An IPv4 address that is written as an IPv6 one is that IPv4 address.
fn unmapped(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or(address, IpAddr::V4),
        IpAddr::V4(_) => address,
    }
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

/// Everything but the special-purpose blocks of RFC 6890 and its successors.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(a == 0
        || a == 10
        || a == 127
        || a >= 224
        || (a == 100 && (64..=127).contains(&b))
        || (a == 169 && b == 254)
        || (a == 172 && (16..=31).contains(&b))
        || (a == 192 && b == 168)
        || (a == 192 && b == 0 && (c == 0 || c == 2))
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19))
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113))
}

/// Global unicast, apart from what carries or translates to an IPv4 address: through a gateway that
/// would be a way around the rules for those.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    let global_unicast = a & 0xe000 == 0x2000;
    let teredo_orchid_and_protocols = a == 0x2001 && b < 0x0200;
    let documentation = (a == 0x2001 && b == 0x0db8) || a & 0xfff0 == 0x3ff0;
    let six_to_four = a == 0x2002;
    global_unicast && !teredo_orchid_and_protocols && !documentation && !six_to_four
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard(allowed: &[&str]) -> Guard {
        Guard::new(allowed.iter().map(|text| text.parse().unwrap()).collect())
    }

    #[test]
    fn what_is_not_public_is_refused() {
        let addresses = [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.127.255.254",
            "127.0.0.1",
            "127.255.255.255",
            "169.254.169.254",
            "169.254.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.0.170",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "192.168.255.255",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "::ffff:0.0.0.0",
            "::ffff:192.168.1.1",
            "::ffff:0:127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:10::1",
            "2001:20::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:a9fe:a9fe::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd00::1",
            "fd00:ec2::254",
            "fdff:ffff::1",
            "fe80::1",
            "fe80::a9fe:a9fe",
            "febf::1",
            "fec0::1",
            "ff00::1",
            "ff02::1",
            "ff05::1:3",
            "1::1",
            "4000::1",
            "8000::1",
            "::2",
            "::ffff:255.255.255.255",
        ];
        assert!(addresses.len() >= 60);
        for text in addresses {
            let address: IpAddr = text.parse().unwrap();
            assert!(!guard(&[]).permits(text, address), "{text}");
            assert!(!guard(&["public.example"]).permits("private.example", address), "{text}");
        }
    }

    #[test]
    fn what_is_public_passes() {
        for text in [
            "1.1.1.1",
            "8.8.8.8",
            "99.255.0.1",
            "100.128.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "223.255.255.255",
            "::ffff:8.8.8.8",
            "2606:4700::1111",
            "2a00:1450::1",
            "2001:4860::8",
        ] {
            assert!(guard(&[]).permits(text, text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn the_operator_names_hosts_and_networks() {
        let address: IpAddr = "10.1.2.3".parse().unwrap();
        for allowed in ["functions.internal", "10.1.0.0/16", "10.1.2.3", "10.1.9.9/16"] {
            assert!(guard(&[allowed]).permits("Functions.Internal", address), "{allowed}");
        }
        for other in ["internal", "10.2.0.0/16", "10.1.2.4", "evil-functions.internal"] {
            assert!(!guard(&[other]).permits("functions.internal", address), "{other}");
        }
        // A network of IPv4 addresses holds their IPv6 forms, too.
        assert!(guard(&["127.0.0.0/8"]).permits("x", "::ffff:127.0.0.1".parse().unwrap()));
        assert!(guard(&["[::1]"]).permits("[::1]", "::1".parse().unwrap()));
        for wrong in ["", "a b", "http://a", "10.0.0.0/33", "a/b", "a:80"] {
            assert!(wrong.parse::<Allowed>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn local_work_reaches_this_machine_and_no_other() {
        let guard = Guard::new(Guard::this_machine());
        for (text, permitted) in [("127.0.0.1", true), ("::1", true), ("10.0.0.1", false)] {
            assert_eq!(guard.permits(text, text.parse().unwrap()), permitted, "{text}");
        }
    }
}
