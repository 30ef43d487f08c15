//! Object identifiers between their content octets and the dotted form (X.690, section 8.19).

/// The dotted form of content octets. Arcs too large for 128 bits are shown as `?`.
pub(crate) fn to_dotted(content: &[u8]) -> String {
    let mut arcs = content.split_inclusive(|byte| byte & 0x80 == 0).map(arc);
    let Some(first) = arcs.next() else { return String::new() };
    let mut text = match first {
        Some(value) => {
            let root = (value / 40).min(2);
            format!("{root}.{}", value - root * 40)
        }
        None => "2.?".to_owned(),
    };
    for value in arcs {
        text.push('.');
        text.push_str(&value.map_or_else(|| "?".to_owned(), |value| value.to_string()));
    }
    text
}

/// The content octets of a dotted identifier; what is no number in it is passed over.
pub(crate) fn from_dotted(text: &str) -> Vec<u8> {
    let mut arcs = text.split('.').filter_map(|arc| arc.parse::<u128>().ok());
    let root = arcs.next().unwrap_or_default();
    let first = arcs.next().unwrap_or_default() + root * 40;
    std::iter::once(first).chain(arcs).flat_map(base_128).collect()
}

fn arc(octets: &[u8]) -> Option<u128> {
    octets.iter().try_fold(0_u128, |value, octet| {
        value.checked_mul(128).map(|shifted| shifted | u128::from(octet & 0x7f))
    })
}

fn base_128(mut value: u128) -> Vec<u8> {
    let mut octets = Vec::new();
    loop {
        let low = u8::try_from(value & 0x7f).unwrap_or_default();
        octets.push(if octets.is_empty() { low } else { low | 0x80 });
        value >>= 7;
        if value == 0 {
            octets.reverse();
            return octets;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_have_a_dotted_form() {
        #[track_caller]
        fn check(content: &[u8], dotted: &str) {
            assert_eq!(to_dotted(content), dotted);
            assert_eq!(from_dotted(dotted), content);
        }

        // From the reference page of `openssl asn1parse` output for these names.
        check(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d], "1.2.840.113549.1.5.13");
        check(&[0x55, 0x04, 0x03], "2.5.4.3");
        check(&[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2a], "2.16.840.1.101.3.4.1.42");
        check(&[0x2b, 0x81, 0x04, 0x00, 0x22], "1.3.132.0.34");
        check(&[0x88, 0x37, 0x03], "2.999.3");
    }

    #[test]
    fn a_boundless_arc_is_shown_as_unknown() {
        let mut content = vec![0x2a];
        content.extend([0xff; 40]);
        content.push(0x7f);
        assert_eq!(to_dotted(&content), "1.2.?");
    }
}
