//! Addresses and the networks they are in.

use std::net::IpAddr;

/// Bits of the network that an IPv4 address is taken to be part of: what one provider hands out.
const AROUND_V4_BITS: u32 = 24;
/// The same for IPv6.
const AROUND_V6_BITS: u32 = 48;

/// A range of addresses in CIDR notation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    bits: u128,
    width: u32,
    prefix: u32,
}

impl Network {
    /// Reads `address/bits`; an address alone is a network of one.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) if prefix.bytes().all(|b| b.is_ascii_digit()) => {
                (address, Some(prefix.parse().ok()?))
            }
            Some(_) => return None,
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        // Not the canonical form: `::ffff:0:0/96` is a network of IPv6.
        let (bits, width) = match address {
            IpAddr::V4(v4) => (u128::from(v4.to_bits()), 32),
            IpAddr::V6(v6) => (v6.to_bits(), 128),
        };
        let prefix = prefix.unwrap_or(width);
        (prefix <= width).then_some(Self { bits, width, prefix })
    }

    /// The network that an address is taken to be part of.
    pub fn around(address: IpAddr) -> Self {
        let (bits, width) = bits(address);
        let prefix = if width == 32 { AROUND_V4_BITS } else { AROUND_V6_BITS };
        Self { bits, width, prefix }
    }

    /// Its first and its last address, those of IPv4 as IPv6 writes them, so that all networks are
    /// in one order.
    pub fn ends(&self) -> (u128, u128) {
        let free = self.width.saturating_sub(self.prefix);
        let mask = 1_u128.checked_shl(free).map_or(u128::MAX, |ends| ends.wrapping_sub(1));
        let first = self.bits & !mask;
        (one_order(first, self.width), one_order(first | mask, self.width))
    }

    /// Whether an address is in it. An IPv4 address written as one of IPv6 is of IPv4.
    pub fn contains(&self, address: IpAddr) -> bool {
        let (bits, width) = bits(address);
        let differing = self.width.saturating_sub(self.prefix);
        let same = (self.bits ^ bits).checked_shr(differing).unwrap_or(0) == 0;
        width == self.width && same
    }
}

/// An address in the order of [`Network::ends`].
pub fn ordinal(address: IpAddr) -> u128 {
    let (bits, width) = bits(address);
    one_order(bits, width)
}

fn one_order(bits: u128, width: u32) -> u128 {
    /// What IPv6 writes before an address of IPv4.
    const MAPPED: u128 = 0xffff << 32;
    if width == 32 { MAPPED | bits } else { bits }
}

fn bits(address: IpAddr) -> (u128, u32) {
    match address.to_canonical() {
        IpAddr::V4(v4) => (u128::from(v4.to_bits()), 32),
        IpAddr::V6(v6) => (v6.to_bits(), 128),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_contains_its_addresses() {
        for (network, inside, outside) in [
            ("192.0.2.0/24", "192.0.2.255", "192.0.3.0"),
            ("192.0.2.77/24", "192.0.2.1", "192.0.1.255"),
            ("192.0.2.1", "192.0.2.1", "192.0.2.2"),
            ("192.0.2.1/32", "::ffff:192.0.2.1", "192.0.2.0"),
            ("0.0.0.0/0", "255.255.255.255", "::1"),
            ("2001:db8::/32", "2001:db8:ffff::1", "2001:db9::"),
            ("::/0", "2001:db8::1", "192.0.2.1"),
            ("::1/128", "::1", "::2"),
        ] {
            let range = Network::parse(network).unwrap();
            assert!(range.contains(inside.parse().unwrap()), "{network} {inside}");
            assert!(!range.contains(outside.parse().unwrap()), "{network} {outside}");
        }
    }

    #[test]
    fn what_is_no_network_is_none() {
        for text in [
            "",
            "/",
            "192.0.2.0/33",
            "192.0.2.0/-1",
            "192.0.2.0/+8",
            "192.0.2/24",
            "192.0.2.0/",
            "::/129",
            "example.com/8",
            "192.0.2.0/24/8",
            " 192.0.2.0/24",
            "1.2.3.4/ 8",
        ] {
            assert_eq!(Network::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_network_lies_between_its_ends() {
        for (network, first, last) in [
            ("192.0.2.77/24", "192.0.2.0", "192.0.2.255"),
            ("192.0.2.7", "192.0.2.7", "::ffff:192.0.2.7"),
            ("0.0.0.0/0", "0.0.0.0", "255.255.255.255"),
            ("2001:db8::/127", "2001:db8::", "2001:db8::1"),
            ("::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ] {
            let of = |address: &str| ordinal(address.parse().unwrap());
            assert_eq!(Network::parse(network).unwrap().ends(), (of(first), of(last)), "{network}");
        }
    }

    #[test]
    fn neighbours_are_in_one_network() {
        let near =
            |a: &str, b: &str| Network::around(a.parse().unwrap()).contains(b.parse().unwrap());
        assert!(near("192.0.2.1", "192.0.2.254"));
        assert!(!near("192.0.2.1", "192.0.3.1"));
        assert!(near("2001:db8:1::1", "2001:db8:1:ffff::1"));
        assert!(!near("2001:db8:1::1", "2001:db8:2::1"));
        assert!(!near("192.0.2.1", "2001:db8::1"));
    }
}
