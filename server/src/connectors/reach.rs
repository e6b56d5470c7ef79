//! Which addresses are of the public internet.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::Reach;

/// Whether an address may be connected to.
pub(super) fn allows(reach: Reach, address: IpAddr) -> bool {
    match (reach, address) {
        (Reach::Inside, _) => true,
        (Reach::Public, IpAddr::V4(address)) => is_public(address),
        (Reach::Public, IpAddr::V6(address)) => is_public_v6(address),
    }
}

/// Not one of the special-purpose addresses of RFC 6890.
fn is_public(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(a == 0
        || a >= 224
        || address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_documentation()
        // Behind a carrier (RFC 6598), protocol assignments (RFC 6890), 6to4 (RFC 7526), benchmarks (RFC 2544).
        || (a == 100 && b & 0xc0 == 64)
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && b & 0xfe == 18))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_public(inner);
    }
    // Global unicast is 2000::/3 (RFC 4291); of it, documentation, Teredo and 6to4 lead elsewhere.
    let [first, second, ..] = address.segments();
    first & 0xe000 == 0x2000 && !(first == 0x2001 && matches!(second, 0 | 0x0db8)) && first != 0x2002
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_public_internet_are_public() {
        for (address, public) in [
            ("1.1.1.1", true),
            ("114.114.114.114", true),
            ("172.15.0.1", true),
            ("2400:3200::1", true),
            ("127.0.0.1", false),
            ("10.1.2.3", false),
            ("172.16.0.1", false),
            ("192.168.1.1", false),
            ("169.254.169.254", false),
            ("100.64.0.1", false),
            ("100.100.100.200", false),
            ("0.0.0.0", false),
            ("224.0.0.1", false),
            ("255.255.255.255", false),
            ("192.0.2.1", false),
            ("198.18.0.1", false),
            ("::1", false),
            ("::", false),
            ("fe80::1", false),
            ("fd00::1", false),
            ("::ffff:10.0.0.1", false),
            ("::ffff:1.1.1.1", true),
            ("64:ff9b::a00:1", false),
            ("2001:db8::1", false),
            ("2002:a00:1::1", false),
            ("ff02::1", false),
        ] {
            assert_eq!(allows(Reach::Public, address.parse().unwrap()), public, "{address}");
            assert!(allows(Reach::Inside, address.parse().unwrap()));
        }
    }
}
