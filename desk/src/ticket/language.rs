//! The language that a ticket is written in, as far as its letters and small words say it; a screen reader then reads it in that voice.

/// Fewer small words of a language than this say nothing.
const LEAST: usize = 2;
/// So many characters are looked at.
const LOOKED_AT: usize = 1_200;

/// The language of the pages, which needs no mark.
const OWN: &str = "en";

/// Small words that are frequent in one language and rare in the others.
const SMALL: &[(&str, &[&str])] = &[
    (OWN, &["the", "and", "is", "of", "to", "we", "you", "this", "that", "are", "with", "for", "not", "have", "it", "my", "can"]),
    ("de", &["der", "die", "das", "und", "ist", "nicht", "ich", "wir", "ein", "eine", "mit", "auf", "bitte", "seit", "kann", "dem", "zum"]),
    ("fr", &["le", "les", "des", "est", "nous", "vous", "je", "une", "pas", "dans", "depuis", "avec", "pour", "plus", "bonjour", "sur"]),
    (
        "es",
        &["el", "los", "las", "una", "está", "por", "desde", "pero", "hola", "muy", "puedo", "tengo", "cuando", "gracias", "más", "con"],
    ),
    ("pt", &["não", "uma", "está", "você", "desde", "obrigado", "com", "mais", "quando", "são", "meu", "minha", "olá", "os", "ao", "pelo"]),
    (
        "it",
        &["il", "gli", "della", "sono", "non", "che", "una", "grazie", "quando", "più", "nel", "alla", "dal", "buongiorno", "posso", "è"],
    ),
    ("nl", &["het", "een", "niet", "wij", "van", "ik", "zijn", "naar", "met", "maar", "deze", "graag", "sinds", "kan", "bij", "voor"]),
    ("pl", &["nie", "jest", "się", "proszę", "od", "dla", "już", "mam", "oraz", "działa", "przez", "dzień", "dobry", "mnie", "jak", "po"]),
    ("sv", &["och", "att", "inte", "jag", "är", "från", "efter", "vi", "ett", "hej", "kan", "när", "sedan", "till", "på", "för"]),
    ("da", &["ikke", "jeg", "er", "af", "hvad", "efter", "vi", "hej", "når", "siden", "til", "på", "og", "være", "nogen", "tak"]),
    ("nb", &["ikke", "jeg", "er", "av", "hva", "etter", "vi", "hei", "når", "siden", "til", "på", "og", "være", "noen", "takk"]),
    ("fi", &["ja", "ei", "on", "en", "että", "mutta", "kiitos", "olen", "voi", "kun", "hei", "tämä", "ole", "meillä", "toimi"]),
    ("cs", &["není", "jsem", "prosím", "že", "děkuji", "dobrý", "se", "na", "od", "jsme", "může", "den", "při", "nám", "který"]),
    ("tr", &["bir", "ve", "değil", "için", "bu", "çok", "ile", "teşekkürler", "merhaba", "olarak", "ama", "var", "yok", "daha"]),
];

/// The language of a text as in HTML's `lang`; none if it is that of the pages, or uncertain.
pub fn of(text: &str) -> Option<&'static str> {
    let text: String = text.chars().take(LOOKED_AT).flat_map(char::to_lowercase).collect();
    script(&text).or_else(|| small_words(&text)).filter(|found| *found != OWN)
}

/// Scripts that say the language, or nearly.
fn script(text: &str) -> Option<&'static str> {
    let count = |from: char, to: char| text.chars().filter(|c| (from..=to).contains(c)).count();
    let latin = text.chars().filter(|c| c.is_ascii_alphabetic()).count();
    let has = |letters: &str| text.chars().any(|c| letters.contains(c));
    let kana = count('\u{3040}', '\u{30ff}');
    let all = [
        (count('\u{400}', '\u{4ff}'), if has("іїєґ") { "uk" } else { "ru" }),
        (count('\u{370}', '\u{3ff}'), "el"),
        (count('\u{590}', '\u{5ff}'), "he"),
        (count('\u{600}', '\u{6ff}'), if has("پچژگ") { "fa" } else { "ar" }),
        (count('\u{900}', '\u{97f}'), "hi"),
        (count('\u{e00}', '\u{e7f}'), "th"),
        (count('\u{ac00}', '\u{d7af}'), "ko"),
        // One such letter is about a word.
        ((kana + count('\u{4e00}', '\u{9fff}')) * 3, if kana > 0 { "ja" } else { "zh" }),
    ];
    all.into_iter().filter(|(letters, _)| *letters > latin.max(1)).max_by_key(|(letters, _)| *letters).map(|(_, language)| language)
}

fn small_words(text: &str) -> Option<&'static str> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let hits = |small: &[&str]| words.iter().filter(|word| small.contains(word)).count();
    let mut all: Vec<(usize, &'static str)> = SMALL.iter().map(|(language, small)| (hits(small), *language)).collect();
    all.sort_by_key(|(hits, _)| std::cmp::Reverse(*hits));
    (all[0].0 >= LEAST && all[0].0 > all[1].0).then_some(all[0].1)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn sentences_say_their_language() {
        for (text, language) in [
            ("Der Drucker an Tor B druckt nicht, seit heute früh. Bitte kommen Sie.", Some("de")),
            ("Bonjour, le portail ne répond plus depuis ce matin, nous ne pouvons pas réserver.", Some("fr")),
            ("La grúa 7 no responde desde las ocho, por favor, muy urgente con el barco.", Some("es")),
            ("Drukarka nie działa od rana, proszę o pomoc.", Some("pl")),
            ("De printer doet het niet, wij wachten met een vrachtwagen.", Some("nl")),
            ("Skrivaren är trasig och vi kan inte skriva ut.", Some("sv")),
            ("Skriveren virker ikke, hva skal vi gjøre? Takk.", Some("nb")),
            ("Не работает принтер на воротах B", Some("ru")),
            ("Не працює принтер, їх уже двоє", Some("uk")),
            ("プリンターが動きません", Some("ja")),
            ("门口的打印机坏了", Some("zh")),
            ("프린터가 작동하지 않습니다", Some("ko")),
            ("الطابعة لا تعمل", Some("ar")),
            ("All declarations since about quarter to eight stay at “sent”.", None),
            ("INC-24919 VPN 0x80070005", None),
            ("Weighbridge 2 shows the tare of the truck before", None),
            ("", None),
        ] {
            assert_eq!(of(text), language, "{text}");
        }
    }
}
