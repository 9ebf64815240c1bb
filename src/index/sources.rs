//! Who stands nearer to the source of what was passed on: people whose note says that they are a source, and whose
//! company, topics or offers are what it is about. Nobody is named without such words.

use crate::model::fold::fold;
use crate::model::person::InfoPosition;

use super::ledger::Fact;
use super::record::{Index, PersonId};

/// No more than this are named for one thing.
const NAMED: usize = 3;

/// What says that someone is near.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NearGround {
    /// Their company.
    Company,
    /// A topic one talks about with them.
    Topic,
    /// Something they offer.
    Offer,
}

impl NearGround {
    /// Its word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            NearGround::Company => "company",
            NearGround::Topic => "topic",
            NearGround::Offer => "offer",
        }
    }
}

/// Someone near the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NearBy<'i> {
    /// Who.
    pub person: PersonId,
    /// What says so.
    pub ground: NearGround,
    /// Its words.
    pub words: &'i str,
}

/// Those who are sources, with what they are near to.
#[derive(Debug)]
pub struct Sources<'i> {
    /// Folded words beside what they stand for, in order of people.
    known: Vec<(String, NearBy<'i>)>,
}

impl<'i> Sources<'i> {
    /// All of them; who died, was let go or archived is asked nothing.
    pub fn new(index: &'i Index) -> Self {
        let mut known = Vec::new();
        for (person, record) in (0..).map(PersonId).zip(&index.people) {
            let note = &record.person;
            if note.info_position != Some(InfoPosition::Source) || record.silence().is_some() {
                continue;
            }
            let companies = note.company.iter().map(|link| (NearGround::Company, link.shown()));
            let topics = note.topics.iter().map(|topic| (NearGround::Topic, &**topic));
            let offers = note.offers.iter().map(|offer| (NearGround::Offer, &*offer.value));
            let words = companies.chain(topics).chain(offers).filter(|(_, words)| words.chars().count() > 1);
            known.extend(words.map(|(ground, words)| (fold(words), NearBy { person, ground, words })));
        }
        Sources { known }
    }

    /// Who of them is near to what some lines tell, other than who tells it: whose company the words name, or whose
    /// company, topic or offer holds the subject of the lines' topic.
    pub fn nearer(&self, facts: &[&Fact]) -> Vec<NearBy<'i>> {
        let texts: Vec<String> = facts.iter().map(|fact| fold(&fact.text)).collect();
        let topics = facts.iter().flat_map(|fact| &fact.topics);
        let subjects: Vec<String> = topics.filter_map(|topic| subject(&fold(topic))).collect();
        let mut found: Vec<NearBy<'i>> = Vec::new();
        for (words, near) in &self.known {
            let is_teller = facts.iter().any(|fact| fact.people.contains(&near.person));
            let is_known = found.iter().any(|found| found.person == near.person);
            let is_named = || near.ground == NearGround::Company && texts.iter().any(|text| text.contains(words));
            if !is_teller && !is_known && (is_named() || subjects.iter().any(|subject| holds(words, subject))) {
                found.push(*near);
            }
        }
        found.truncate(NAMED);
        found
    }
}

/// What a topic is about: its first two Han characters (青榆比价 is about 青榆), else its first word of three letters.
fn subject(topic: &str) -> Option<String> {
    let is_han = |c: &char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}');
    let han: String = topic.chars().take_while(is_han).take(2).collect();
    if han.chars().count() == 2 {
        return Some(han);
    }
    let words = topic.split(|c: char| !c.is_alphanumeric());
    words.into_iter().find(|word| word.chars().count() > 2).map(str::to_owned)
}

/// Whether words hold a subject: Han anywhere, others as a whole word.
fn holds(words: &str, subject: &str) -> bool {
    match subject.is_ascii() {
        true => words.split(|c: char| !c.is_alphanumeric()).any(|word| word == subject),
        false => words.contains(subject),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_is_about_its_first_words() {
        for (topic, about) in [
            ("青榆比价", Some("青榆")),
            ("冷链", Some("冷链")),
            ("johor-site", Some("johor")),
            ("q3 budget", Some("budget")),
            ("价", None),
            ("b2", None),
        ] {
            assert_eq!(subject(topic).as_deref(), about, "{topic}");
        }
        assert!(holds("青榆零售", "青榆") && !holds("榆青零售", "青榆"));
        assert!(holds("the johor site", "johor") && !holds("johorian", "johor"));
    }
}
