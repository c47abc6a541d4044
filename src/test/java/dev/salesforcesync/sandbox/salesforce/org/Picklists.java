package dev.salesforcesync.sandbox.salesforce.org;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** The values of the restricted picklists of User. */
final class Picklists {
    /** The list of Setup, "Supported Time Zones" (help: admin_supported_timezone). */
    static final List<String> TIME_ZONES = List.of(
            "Pacific/Kiritimati",
            "Pacific/Chatham",
            "Pacific/Auckland",
            "Pacific/Enderbury",
            "Pacific/Fiji",
            "Pacific/Tongatapu",
            "Asia/Kamchatka",
            "Pacific/Norfolk",
            "Australia/Lord_Howe",
            "Australia/Sydney",
            "Pacific/Guadalcanal",
            "Australia/Adelaide",
            "Australia/Darwin",
            "Australia/Brisbane",
            "Asia/Seoul",
            "Asia/Tokyo",
            "Asia/Hong_Kong",
            "Asia/Kuala_Lumpur",
            "Asia/Manila",
            "Asia/Shanghai",
            "Asia/Singapore",
            "Asia/Taipei",
            "Australia/Perth",
            "Asia/Bangkok",
            "Asia/Ho_Chi_Minh",
            "Asia/Jakarta",
            "Asia/Rangoon",
            "Asia/Dhaka",
            "Asia/Yekaterinburg",
            "Asia/Colombo",
            "Asia/Kolkata",
            "Asia/Kathmandu",
            "Asia/Karachi",
            "Asia/Tashkent",
            "Asia/Kabul",
            "Asia/Dubai",
            "Asia/Tbilisi",
            "Asia/Yerevan",
            "Asia/Baku",
            "Indian/Mauritius",
            "Europe/Moscow",
            "Europe/Minsk",
            "Asia/Tehran",
            "Africa/Nairobi",
            "Asia/Baghdad",
            "Asia/Beirut",
            "Asia/Jerusalem",
            "Asia/Kuwait",
            "Asia/Riyadh",
            "Europe/Athens",
            "Europe/Bucharest",
            "Europe/Helsinki",
            "Europe/Istanbul",
            "Europe/Kiev",
            "Europe/Kyiv",
            "Africa/Cairo",
            "Africa/Johannesburg",
            "Africa/Algiers",
            "Africa/Casablanca",
            "Africa/Lagos",
            "Europe/Amsterdam",
            "Europe/Berlin",
            "Europe/Brussels",
            "Europe/Madrid",
            "Europe/Oslo",
            "Europe/Paris",
            "Europe/Prague",
            "Europe/Rome",
            "Europe/Stockholm",
            "Europe/Vienna",
            "Europe/Warsaw",
            "Europe/Zurich",
            "Europe/Dublin",
            "Europe/Lisbon",
            "Europe/London",
            "GMT",
            "Atlantic/Azores",
            "Atlantic/Cape_Verde",
            "America/Scoresbysund",
            "Atlantic/South_Georgia",
            "America/Argentina/Buenos_Aires",
            "America/Sao_Paulo",
            "America/St_Johns",
            "America/Halifax",
            "America/Puerto_Rico",
            "America/Santiago",
            "Atlantic/Bermuda",
            "America/Caracas",
            "America/Bogota",
            "America/Indiana/Indianapolis",
            "America/Lima",
            "America/New_York",
            "America/Panama",
            "America/Toronto",
            "America/Chicago",
            "America/El_Salvador",
            "America/Mexico_City",
            "America/Denver",
            "America/Mazatlan",
            "America/Phoenix",
            "America/Los_Angeles",
            "America/Tijuana",
            "America/Anchorage",
            "Pacific/Honolulu",
            "America/Adak",
            "Pacific/Marquesas",
            "Pacific/Gambier",
            "Pacific/Pitcairn",
            "Pacific/Niue",
            "Pacific/Pago_Pago");

    /** Fully supported, end-user and platform languages (help: faq_getstart_what_languages_does). */
    static final List<String> LANGUAGES = List.of(
            "en_US", "de", "es", "fr", "it", "ja", "sv", "ko", "zh_TW", "zh_CN", "pt_BR", "nl_NL", "da", "th", "fi",
            "ru", "es_MX", "no", "ar", "bg", "hr", "cs", "en_GB", "el", "iw", "hu", "in", "pl", "pt_PT", "ro", "sk",
            "sl", "tr", "uk", "vi");

    static final List<String> ENCODINGS = List.of(
            "UTF-8",
            "ISO-8859-1",
            "Shift_JIS",
            "ISO-2022-JP",
            "EUC-JP",
            "ks_c_5601-1987",
            "Big5",
            "GB2312",
            "Big5-HKSCS",
            "x-SJIS_0213");

    static final List<String> DIGEST_FREQUENCIES = List.of("D", "W", "N");

    static final List<String> USER_TYPES = List.of(
            "Standard",
            "PowerPartner",
            "PowerCustomerSuccess",
            "CustomerSuccess",
            "Guest",
            "CspLitePortal",
            "CsnOnly",
            "SelfService");

    /** What the JDK knows as language_COUNTRY, in Salesforce's way of writing; a superset is near enough. */
    static final List<String> LOCALES = locales();

    private Picklists() {}

    private static List<String> locales() {
        var names = new TreeSet<String>();
        Arrays.stream(Locale.getAvailableLocales())
                .filter(locale -> locale.getScript().isEmpty()
                        && locale.getVariant().isEmpty()
                        && !locale.hasExtensions()
                        && locale.getLanguage().length() == 2
                        && locale.getCountry().matches("[A-Z]{2}|"))
                .forEach(locale -> names.add(locale.toString()));
        names.remove("");
        names.remove("en");
        return List.copyOf(names);
    }
}
