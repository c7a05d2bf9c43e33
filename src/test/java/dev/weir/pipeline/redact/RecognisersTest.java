package dev.weir.pipeline.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each recogniser by examples: what it finds, what it lets alone, and what only just is none. */
class RecognisersTest {

    private static String only(String key, String text) {
        return only(key, text, "US");
    }

    private static String only(String key, String text, String region) {
        Map<String, String> settings = new HashMap<>(Redacted.all("off"));
        settings.put(key, "label");
        settings.put("region", region);
        return Redacted.whole(settings, text);
    }

    /** RFC 5321, 4.5.3.1; RFC 1035, 2.3.4; RFC 6531. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "Write to ada@example.org. | Write to [email].",
                "<ada.lovelace+x@mail.example.co.uk> | <[email]>",
                "**ada@example.org** or mailto:bob@example.com? | **[email]** or mailto:[email]?",
                "ada@example.org,bob@example.org | [email],[email]",
                "a@b@c.example | a@[email]",
                "….ada@example.org | ….[email]",
                "müller@exämple.de und ö@ü.de | [email] und [email]",
                "请联系ada@example.com。 | 请联系[email]。",
                "O'Brien@example.org | [email]",
                "ada@example.org--- and ada@my.company-name.example | [email]--- and [email]",
                "ada@example.xn--p1ai | [email]",
                // near misses
                "ada@example | ada@example",
                "ada@example.1 and react@18.2.0 | ada@example.1 and react@18.2.0",
                "@ada and ada@ | @ada and ada@",
                "git@github.com:weir/weir.git | git@github.com:weir/weir.git",
                "icon@2x.png | icon@2x.png",
                "ada@-example.org | ada@-example.org",
                "ada @example.org | ada @example.org",
                "ada.@example.org | ada.@example.org",
            })
    void email(String text, String expected) {
        assertThat(only("email", text)).isEqualTo(expected);
    }

    /** Numbers for tests that the networks publish; ISO/IEC 7812-1 for the check digit. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Visa 4111 1111 1111 1111, 12/26 | Visa [card], 12/26",
                "4111111111111111 | [card]",
                "4111-1111-1111-1111. | [card].",
                "(4111111111111111) | ([card])",
                "5555555555554444 5105105105105100 | [card] [card]",
                "2223003122003222 | [card]",
                "3782 822463 10005 and 371449635398431 | [card] and [card]",
                "6011111111111117 6011000990139424 | [card] [card]",
                "30569309025904 3056 930902 5904 | [card] [card]",
                "3530111333300000 | [card]",
                "6200000000000005 | [card]",
                "6759649826438453 | [card]",
                "2200770212727079 | [card]",
                "4222222222222 | [card]",
                "4111 1111 1111 1111 12 26 | [card] 12 26",
                "card:4111111111111111 | card:[card]",
                "4111\u00a01111\u00a01111\u00a01111 | [card]",
                "4111\u20111111\u20111111\u20111111 | [card]",
                "٤١١١١١١١١١١١١١١١ | [card]",
                "卡号4111111111111111。 | 卡号[card]。",
                // near misses: check digit, range, length, part of a number or a word, other groups
                "4111 1111 1111 1112 | 4111 1111 1111 1112",
                "order 1111111111111117 | order 1111111111111117",
                "9999999999999995 | 9999999999999995",
                "411111111111111 | 411111111111111",
                "41111111111111111 | 41111111111111111",
                "0.4111111111111111 | 0.4111111111111111",
                "id_4111111111111111 | id_4111111111111111",
                "4111111111111111a | 4111111111111111a",
                "41 11 11 11 11 11 11 11 | 41 11 11 11 11 11 11 11",
                "4111 1111-1111 1111 | 4111 1111-1111 1111",
                "41111111111111111111111111111111 | 41111111111111111111111111111111",
            })
    void card(String text, String expected) {
        assertThat(only("card", text)).isEqualTo(expected);
    }

    /** Examples of the SWIFT IBAN registry. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DE89 3704 0044 0532 0130 00 | [iban]",
                "DE89370400440532013000. | [iban].",
                "GB29NWBK60161331926819 GB29 NWBK 6016 1331 9268 19 | [iban] [iban]",
                "FR14 2004 1010 0505 0001 3M02 606 | [iban]",
                "NO9386011117947 | [iban]",
                "MT84MALT011000012345MTLCAST001S | [iban]",
                "SC18SSCB11010000000000001497USD | [iban]",
                "iban: gb29nwbk60161331926819 | iban: [iban]",
                // near misses
                "DE89 3704 0044 0532 0130 01 | DE89 3704 0044 0532 0130 01",
                "DE89 3704 0044 0532 0130 0 | DE89 3704 0044 0532 0130 0",
                "DE893704004405320130001 | DE893704004405320130001",
                "XX89370400440532013000 | XX89370400440532013000",
                "DE89 37 04004405320130 00 | DE89 37 04004405320130 00",
                "It is at DE12 | It is at DE12",
            })
    void iban(String text, String expected) {
        assertThat(only("iban", text)).isEqualTo(expected);
    }

    /** 20 CFR 422.103 and the SSA's pages on randomization; numbers of advertisements by its page on Woolworth's. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "123-45-6789 | [us-ssn]",
                "SSN 123 45 6789, ssn: 123456789 | SSN [us-ssn], ssn: [us-ssn]",
                "Social Security: 123456789 | Social Security: [us-ssn]",
                "899-45-6789 | [us-ssn]",
                // near misses
                "000-45-6789 666-45-6789 900-45-6789 | 000-45-6789 666-45-6789 900-45-6789",
                "123-00-6789 123-45-0000 | 123-00-6789 123-45-0000",
                "078-05-1120 219-09-9999 | 078-05-1120 219-09-9999",
                "123456789 123 45 6789 | 123456789 123 45 6789",
                "1-123-45-6789 123-45-6789-0 | 1-123-45-6789 123-45-6789-0",
                "123-45-67890 123-456-789 | 123-45-67890 123-456-789",
            })
    void us_ssn(String text, String expected) {
        assertThat(only("us-ssn", text)).isEqualTo(expected);
    }

    /** IRS, Publication 1915 and IRM 3.21.263: the fourth and fifth digits. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "900-50-1234 999-65-1234 900-70-1234 900-88-1234 | [us-itin] [us-itin] [us-itin] [us-itin]",
                "900-90-1234 900-92-1234 900-94-1234 900-99-1234 | [us-itin] [us-itin] [us-itin] [us-itin]",
                "Taxpayer id 912703456 | Taxpayer id [us-itin]",
                // near misses
                "900-49-1234 900-66-1234 900-69-1234 900-89-1234 | 900-49-1234 900-66-1234 900-69-1234 900-89-1234",
                "900-93-1234 899-70-1234 912703456 | 900-93-1234 899-70-1234 912703456",
            })
    void us_itin(String text, String expected) {
        assertThat(only("us-itin", text)).isEqualTo(expected);
    }

    /** NHS Data Dictionary, NHS NUMBER: the example there, and the check digit. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "943 476 5919 | [uk-nhs]",
                "NHS number 9434765919 or 943-476-5919 | NHS number [uk-nhs] or [uk-nhs]",
                // near misses
                "943 476 5918 | 943 476 5918",
                "9434765919 943-476-5919 | 9434765919 943-476-5919",
                "943 4765919 111 111 1111 | 943 4765919 111 111 1111",
            })
    void uk_nhs(String text, String expected) {
        assertThat(only("uk-nhs", text)).isEqualTo(expected);
    }

    /** libphonenumber; numbers that regulators set aside for stories, where it holds them valid. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "US | Call +44 20 7946 0958 today | Call [phone] today",
                "US | +1 (212) 555-2368 x | [phone] x",
                "US | (212) 736-5000, 212-736-5000 or 212.736.5000 | [phone], [phone] or [phone]",
                "US | 1 212 736 5000 | [phone]",
                "US | phone 2127365000 | phone [phone]",
                "US | +49 30 901820 and +4930901820 | [phone] and [phone]",
                "DE | 030 901820, 030/901820 oder (030) 901820 | [phone], [phone] oder [phone]",
                "GB | +44 (0)20 7946 0958 | [phone]",
                "GB | 020 7946 0958 | [phone]",
                "US | tel:+442079460958; | tel:[phone];",
                // near misses
                "US | order 2127365000 | order 2127365000",
                "US | +1 555 | +1 555",
                "US | +999 123 456 789 | +999 123 456 789",
                "US | 123-456-7890 | 123-456-7890",
                "US | 2024-01-15 and 12/05/1990 | 2024-01-15 and 12/05/1990",
                "DE | 12.05.1990 und 192.168.178.121 | 12.05.1990 und 192.168.178.121",
                "US | 1+2127365000 | 1+2127365000",
                "US | 3.14159265358 | 3.14159265358",
            })
    void phone(String region, String text, String expected) {
        assertThat(only("phone", text, region)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "020 7946 0958 | 020 7946 0958",
                "+44 20 7946 0958 | [phone]",
            })
    void phone_without_a_region(String text, String expected) {
        assertThat(only("phone", text, "")).isEqualTo(expected);
    }

    /** RFC 6943, 3.1.1; RFC 4291, 2.2; addresses of RFC 5737 and RFC 3849. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from 192.0.2.17. | from [ip].",
                "http://203.0.113.9:8080/x 198.51.100.0/24 | http://[ip]:8080/x [ip]/24",
                "192.0.2.1-192.0.2.9 | [ip]-[ip]",
                "2001:db8::1 and 2001:0db8:0:0:0:0:0:1, [2001:db8::7]:443 | [ip] and [ip], [[ip]]:443",
                "::ffff:192.0.2.1 | [ip]",
                "fe80::1ff:fe23:4567:890a%eth0 | [ip]%eth0",
                // near misses
                "256.1.1.1 1.2.3 1.2.3.4.5 01.2.3.4 | 256.1.1.1 1.2.3 1.2.3.4.5 01.2.3.4",
                "127.0.0.1 0.0.0.0 ::1 :: 255.255.255.255 | 127.0.0.1 0.0.0.0 ::1 :: 255.255.255.255",
                "Face::add, std::vector and dead:beef | Face::add, std::vector and dead:beef",
                "at 12:30:45, 2001:db8 | at 12:30:45, 2001:db8",
                "1:2:3:4:5:6:7 2001::db8::1 | 1:2:3:4:5:6:7 2001::db8::1",
                "v192.0.2.1 192.0.2.1a | v192.0.2.1 192.0.2.1a",
            })
    void ip(String text, String expected) {
        assertThat(only("ip", text)).isEqualTo(expected);
    }

    /** IEEE 802: six bytes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "00:1A:2b:3C:4d:5e | [mac]",
                "00-1A-2B-3C-4D-5E. | [mac].",
                "001a.2b3c.4d5e | [mac]",
                // near misses
                "00:1A:2b:3C:4d | 00:1A:2b:3C:4d",
                "00:1A:2b:3C:4d:5e:6f | 00:1A:2b:3C:4d:5e:6f",
                "00:1A:2b:3C:4d:5g | 00:1A:2b:3C:4d:5g",
                "00:1A-2b:3C:4d:5e 00:00:00:00:00:00 | 00:1A-2b:3C:4d:5e 00:00:00:00:00:00",
            })
    void mac(String text, String expected) {
        assertThat(only("mac", text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "born 1990-05-12 in Rome | born [birth-date] in Rome",
                "She was born on 12 May 1990. | She was born on [birth-date].",
                "Date of birth: 12/05/1990 | Date of birth: [birth-date]",
                "DOB 12.05.90, birthday May 12th, 1990 | DOB [birth-date], birthday [birth-date]",
                "geboren am 12. Mai 1990 | geboren am [birth-date]",
                "née le 3 août 1985 | née le [birth-date]",
                "fecha de nacimiento: 3 de agosto de 1985 | fecha de nacimiento: [birth-date]",
                "nata il 3 agosto 1985 | nata il [birth-date]",
                // near misses: no word, a word that only ends so, too far away, no day
                "on 12 May 1990 | on 12 May 1990",
                "stubborn 1990-05-12 | stubborn 1990-05-12",
                "born in a small town by the sea to a fisherman, 1990-05-12"
                        + " | born in a small town by the sea to a fisherman, 1990-05-12",
                "born 1990-13-42, born 30 February 1990 | born 1990-13-42, born 30 February 1990",
                "born in 1990 | born in 1990",
                "born 12 May 1890 | born 12 May 1890",
            })
    void birth_date(String text, String expected) {
        assertThat(only("birth-date", text)).isEqualTo(expected);
    }

    /** Examples of BIP 173, BIP 350 and EIP-55; the first block's address. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa | [bitcoin]",
                "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy. | [bitcoin].",
                "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4 | [bitcoin]",
                "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0 | [bitcoin]",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed | [ethereum]",
                "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359, | [ethereum],",
                "0xde709f2102306220921060314715629080e2fb77 | [ethereum]",
                // near misses
                "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb | 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
                "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5 | bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
                "bc1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4 | bc1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD | 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD",
                "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed00 | 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed00",
                "0x5aAeb6053F3E94C9b9A0 | 0x5aAeb6053F3E94C9b9A0",
            })
    void crypto(String text, String expected) {
        assertThat(only("crypto", text)).isEqualTo(expected);
    }

    /** RFC 3986, 3.2.1. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgres://app:s3cr3t@db:5432/x | postgres://app:[url-password]@db:5432/x",
                "redis://:s3cr3t@cache | redis://:[url-password]@cache",
                "https://u:p@ss:w@host/x?y=a@b | https://u:[url-password]@host/x?y=a@b",
                // near misses
                "https://example.org:8080/a@b | https://example.org:8080/a@b",
                "https://user@example.org | https://user@example.org",
                "http://[::1]:8080/ | http://[::1]:8080/",
                "note: // a:b@c | note: // a:b@c",
                "https://u:@host | https://u:@host",
            })
    void url_password(String text, String expected) {
        assertThat(only("url-password", text)).isEqualTo(expected);
    }

    /** RFC 7515, appendix A.1, its header and claims; RFC 7516, A.1. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UifQ.dBjftJeZ4CVPmB92K27uhbUJU1p1r_wW1gFWFOEjXk. | [jwt].",
                "Bearer eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UifQ. | Bearer [jwt].",
                "eyJhbGciOiJSU0EtT0FFUCJ9.OKOawDo13gRp2ojaHV7LFpZcgV.48V1_ALb6US04U3b.5eym8TW_c8SuK0.XFBoMYUZ | [jwt]",
                // near misses: only a header, no alg, no base64
                "eyJhbGciOiJIUzI1NiJ9 and eyJhbGciOiJIUzI1NiJ9. | eyJhbGciOiJIUzI1NiJ9 and eyJhbGciOiJIUzI1NiJ9.",
                "eyJmb28iOiJiYXIifQ.eyJpc3MiOiJqb2UifQ.x | eyJmb28iOiJiYXIifQ.eyJpc3MiOiJqb2UifQ.x",
                "eyJ.a.b and eyes | eyJ.a.b and eyes",
            })
    void jwt(String text, String expected) {
        assertThat(only("jwt", text)).isEqualTo(expected);
    }

    /** RFC 7468, sections 2 and 10 to 11; RFC 9580, 6.2; keys made up, in the form that OpenSSL writes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B\n-----END PRIVATE KEY-----\nx' | '[private-key]\nx'",
                "'-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIIrYSSNQFaA2Hwf1\n-----END EC PRIVATE KEY-----' | [private-key]",
                "'-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----.' | [private-key].",
                "'-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIFHDBOBgkqhkiG9w0BBQ0w\n-----END ENCRYPTED PRIVATE KEY-----' | [private-key]",
                "'-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nlQOYBF2h6UsBCADf1xHk0bqP\n-----END PGP PRIVATE KEY BLOCK-----' | [private-key]",
                // near misses: what is public, and what only speaks of one
                "'-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkq\n-----END PUBLIC KEY-----' | '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkq\n-----END PUBLIC KEY-----'",
                "'-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+g' | '-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+g'",
                "'It begins with ---BEGIN PRIVATE KEY---' | 'It begins with ---BEGIN PRIVATE KEY---'",
                "'----- BEGIN PRIVATE KEY -----' | '----- BEGIN PRIVATE KEY -----'",
            })
    void private_key(String text, String expected) {
        assertThat(only("private-key", text)).isEqualTo(expected);
    }
}
