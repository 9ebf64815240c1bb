//! How often someone is to be contacted, and by which rule: their own key, then a role preset, a tag, closeness by
//! busyness, the default. The first that says anything wins; "not tracked" is something said too.

use std::collections::HashMap;

use crate::model::cadence::{Cadence, Period, Precision};
use crate::model::fold::fold;
use crate::model::note::Tag;
use crate::model::person::{Busyness, Closeness, Person};

use super::options::IndexOptions;
use super::record::{CadenceRule, ResolvedCadence};

/// Weight of someone without a role that says otherwise.
const ORDINARY: u32 = 100;
/// Weight, at least, of someone who once gave something: such ties are not let go cold.
const BENEFACTOR: u32 = 150;

/// The rules of the settings, ready for looking up.
pub(super) struct CadenceRules<'o> {
    options: &'o IndexOptions,
    tags: HashMap<String, (&'o str, Cadence)>,
}

impl<'o> CadenceRules<'o> {
    /// Prepares `options`.
    pub(super) fn new(options: &'o IndexOptions) -> Self {
        let tags = options.tag_cadences.iter().map(|(tag, cadence)| {
            let name: &str = tag;
            (fold(name.trim_start_matches('#')), (name, *cadence))
        });
        CadenceRules { options, tags: tags.collect() }
    }

    /// The cadence of `person`, whose note has `tags`.
    pub(super) fn cadence_of(&self, person: &Person, tags: &[Tag]) -> ResolvedCadence {
        let own = person.cadence.as_ref().map(|cadence| resolved(cadence.value, CadenceRule::Own, near(person)));
        own.or_else(|| self.by_preset(person))
            .or_else(|| self.by_tag(tags))
            .or_else(|| self.by_closeness(person))
            .unwrap_or_else(|| match self.options.default_cadence {
                Cadence::Untracked => resolved(Cadence::Untracked, CadenceRule::None, ""),
                every => resolved(every, CadenceRule::Default, ""),
            })
    }

    /// Weight in the day's ranking, in hundredths: the highest of the roles, and at least that of a benefactor.
    pub(super) fn weight_of(&self, person: &Person, gave: Benefit) -> u32 {
        let presets = person.presets.iter().filter_map(|preset| self.options.presets.get(&preset.value)?.weight);
        let weight = presets.max().unwrap_or(ORDINARY);
        match gave {
            Benefit::Received => weight.max(BENEFACTOR),
            Benefit::None => weight,
        }
    }

    /// Of several roles the shortest cadence wins, then the first as written: a friend who is a mentor too is met as
    /// often as a mentor.
    fn by_preset(&self, person: &Person) -> Option<ResolvedCadence> {
        let named = person
            .presets
            .iter()
            .filter_map(|preset| Some((&preset.value, self.options.presets.get(&preset.value)?.cadence?)));
        let (name, cadence) = named.min_by_key(|(_, cadence)| length(*cadence))?;
        Some(resolved(cadence, CadenceRule::Preset, name))
    }

    /// A tag covers its sub-tags. Of several tags the shortest cadence wins, then the first by name.
    fn by_tag(&self, tags: &[Tag]) -> Option<ResolvedCadence> {
        if self.tags.is_empty() {
            return None;
        }
        let named = tags.iter().flat_map(|tag| {
            let tag = fold(tag.name.trim_start_matches('#'));
            let ends: Vec<usize> = tag.match_indices('/').map(|(at, _)| at).chain([tag.len()]).collect();
            ends.into_iter().filter_map(move |end| self.tags.get(tag.get(..end)?).copied()).collect::<Vec<_>>()
        });
        let (name, cadence) = named.min_by_key(|(name, cadence)| (length(*cadence), *name))?;
        Some(resolved(cadence, CadenceRule::Tag, name))
    }

    fn by_closeness(&self, person: &Person) -> Option<ResolvedCadence> {
        let closeness = person.closeness.as_ref()?.value;
        let busyness = person.busyness.as_ref().map(|busyness| busyness.value);
        let (row, close) = match closeness {
            Closeness::Core => (0, "core"),
            Closeness::Strong => (1, "strong"),
            Closeness::Weak => (2, "weak"),
        };
        let (column, busy) = match busyness {
            Some(Busyness::Low) => (0, "/low"),
            Some(Busyness::Middle) => (1, "/mid"),
            Some(Busyness::High) => (2, "/high"),
            None => (1, ""),
        };
        let period = self.options.by_closeness(row, column);
        Some(ResolvedCadence { period, rule: CadenceRule::Closeness, detail: format!("{close}{busy}").into() })
    }
}

/// Whether someone ever gave something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Benefit {
    /// They did.
    Received,
    /// Nothing is noted.
    None,
}

fn resolved(cadence: Cadence, rule: CadenceRule, detail: &str) -> ResolvedCadence {
    let period = match cadence {
        Cadence::Every(period) => Some(period),
        Cadence::Untracked => None,
    };
    ResolvedCadence { period, rule, detail: detail.into() }
}

/// The mark of a length that is near what was written, not just that.
fn near(person: &Person) -> &'static str {
    match person.cadence_precision {
        Precision::Approximate => "approximate",
        Precision::Exact => "",
    }
}

/// Untracked is longer than any period.
fn length(cadence: Cadence) -> u32 {
    match cadence {
        Cadence::Every(period) => Period::days(period),
        Cadence::Untracked => u32::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::options::RolePreset;
    use crate::index::support::{at, every, options};
    use crate::model::cadence::Unit::{Day, Month, Week};
    use crate::model::span::Span;

    fn rich_options() -> IndexOptions {
        let mut options = options();
        let mentor = RolePreset { cadence: Some(every(2, Week)), weight: Some(200), ..RolePreset::default() };
        options.presets.insert("skill-mentor".into(), mentor);
        options.presets.insert(
            "colleague".into(),
            RolePreset { cadence: Some(Cadence::Untracked), weight: None, ..RolePreset::default() },
        );
        options
            .presets
            .insert("endorser".into(), RolePreset { cadence: None, weight: Some(300), ..RolePreset::default() });
        options.tag_cadences.insert("#Network".into(), every(2, Month));
        options.tag_cadences.insert("network/core".into(), every(3, Week));
        options.tag_cadences.insert("quiet".into(), Cadence::Untracked);
        options
    }

    fn tags(names: &[&str]) -> Vec<Tag> {
        names.iter().map(|name| Tag { name: (*name).into(), span: Span::default() }).collect()
    }

    fn shown(options: &IndexOptions, person: &Person, tag_names: &[&str]) -> String {
        let found = CadenceRules::new(options).cadence_of(person, &tags(tag_names));
        let period = found.period.map_or("none".to_owned(), |p| p.to_string());
        format!("{period} {:?} {}", found.rule, found.detail).trim_end().to_owned()
    }

    #[test]
    fn the_first_rule_that_speaks_wins_and_is_named() {
        let options = rich_options();
        let mut person = Person::default();
        assert_eq!(shown(&options, &person, &[]), "none None");
        person.closeness = Some(at(Closeness::Core));
        assert_eq!(shown(&options, &person, &[]), "P2W Closeness core");
        person.busyness = Some(at(Busyness::Middle));
        assert_eq!(shown(&options, &person, &[]), "P2W Closeness core/mid");
        person.busyness = Some(at(Busyness::High));
        assert_eq!(shown(&options, &person, &[]), "P1M Closeness core/high");
        assert_eq!(shown(&options, &person, &["NETWORK/far"]), "P2M Tag #Network");
        person.presets = vec![at("endorser".into()), at("skill-mentor".into())];
        assert_eq!(shown(&options, &person, &["network"]), "P2W Preset skill-mentor");
        person.cadence = Some(at(every(10, Day)));
        assert_eq!(shown(&options, &person, &["network"]), "P10D Own");
        person.cadence_precision = Precision::Approximate;
        assert_eq!(shown(&options, &person, &["network"]), "P10D Own approximate");
        person.cadence_precision = Precision::Exact;
        person.cadence = Some(at(Cadence::Untracked));
        assert_eq!(shown(&options, &person, &["network"]), "none Own");
    }

    #[test]
    fn not_tracked_by_a_preset_stops_the_search_too() {
        let person = Person { presets: vec![at("colleague".into())], ..Person::default() };
        assert_eq!(shown(&rich_options(), &person, &["network"]), "none Preset colleague");
    }

    #[test]
    fn of_several_roles_the_shortest_cadence_wins_then_the_first() {
        let mut options = rich_options();
        options.presets.insert(
            "friend".into(),
            RolePreset { cadence: Some(every(3, Month)), weight: None, ..RolePreset::default() },
        );
        options.presets.insert(
            "coach".into(),
            RolePreset { cadence: Some(every(14, Day)), weight: None, ..RolePreset::default() },
        );
        let roles = |roles: &[&str]| Person {
            presets: roles.iter().map(|role| at((*role).into())).collect(),
            ..Person::default()
        };
        for (written, expected) in [
            (&["friend", "skill-mentor"][..], "P2W Preset skill-mentor"),
            (&["colleague", "friend"], "P3M Preset friend"),
            (&["coach", "skill-mentor"], "P14D Preset coach"),
            (&["endorser", "friend"], "P3M Preset friend"),
        ] {
            assert_eq!(shown(&options, &roles(written), &[]), expected, "{written:?}");
        }
    }

    #[test]
    fn of_several_tags_the_shortest_cadence_wins_and_a_tag_covers_its_sub_tags() {
        let (options, person) = (rich_options(), Person::default());
        let table: [(&[&str], &str); 5] = [
            (&["network/core/deep", "network"], "P3W Tag network/core"),
            (&["quiet", "network"], "P2M Tag #Network"),
            (&["quiet"], "none Tag quiet"),
            (&["networking"], "none None"),
            (&["#network"], "P2M Tag #Network"),
        ];
        for (tags, expected) in table {
            assert_eq!(shown(&options, &person, tags), expected, "{tags:?}");
        }
    }

    #[test]
    fn the_default_is_named_and_weights_rise_for_roles_and_benefactors() {
        let mut options = rich_options();
        options.default_cadence = every(6, Month);
        let mut person = Person::default();
        assert_eq!(shown(&options, &person, &[]), "P6M Default");
        let rules = CadenceRules::new(&options);
        assert_eq!(rules.weight_of(&person, Benefit::None), 100);
        assert_eq!(rules.weight_of(&person, Benefit::Received), 150);
        person.presets = vec![at("endorser".into()), at("skill-mentor".into())];
        assert_eq!(rules.weight_of(&person, Benefit::Received), 300);
    }
}
