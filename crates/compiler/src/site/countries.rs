//! Country codes.

/// ISO 3166-1 alpha-2, officially assigned, and `XK` (Kosovo), which is in use everywhere.
const CODES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT \
    BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ \
    FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS \
    IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN \
    MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW \
    PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN \
    TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

/// Whether `code` is a country's code, in upper case.
pub(crate) fn is_country(code: &str) -> bool {
    code.len() == 2 && CODES.split_ascii_whitespace().any(|known| known == code)
}

/// What was meant by a code that is none.
pub(crate) fn suggestion(code: &str) -> Option<String> {
    let upper = code.to_uppercase();
    let meant = match upper.as_str() {
        "UK" | "ENGLAND" | "GBR" => "GB",
        "EL" | "GRC" => "GR",
        "USA" => "US",
        "DEU" | "GERMANY" => "DE",
        "AUT" | "AUSTRIA" => "AT",
        "CHE" | "SWITZERLAND" => "CH",
        "FRA" | "FRANCE" => "FR",
        upper => CODES.split_ascii_whitespace().find(|known| *known == upper)?,
    };
    Some(format!("did you mean `{meant}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_known_in_upper_case_and_suggested_otherwise() {
        assert!(
            is_country("DE") && is_country("ZW") && !is_country("de") && !is_country("UK") && !is_country("")
        );
        assert_eq!(suggestion("de").as_deref(), Some("did you mean `DE`?"));
        assert_eq!(suggestion("UK").as_deref(), Some("did you mean `GB`?"));
        assert_eq!(suggestion("QQ"), None);
        assert_eq!(CODES.split_ascii_whitespace().count(), 250);
    }
}
