//! Phrases that fit beside those that only look alike.

use crate::index::record::PersonId;
use crate::index::support::{at, indexed, note, options, person};
use crate::model::note::NoteKind;
use crate::model::person::{At, Person};

use super::{MatchKind, Matches, Said, Whom};

fn lines(words: &[&str]) -> Vec<At<Box<str>>> {
    words.iter().map(|word| at(Box::from(*word))).collect()
}

/// How a need fits an offer, with the shared words.
fn fit(need: &str, offer: &str) -> Option<(MatchKind, Vec<String>)> {
    let mut options = options();
    options.synonyms.insert("冷链".into(), vec!["cold chain".into()]);
    let needy = person("A.md").with(|person: &mut Person| person.needs = lines(&[need])).build();
    let giving = person("B.md").with(|person: &mut Person| person.offers = lines(&[offer])).build();
    let index = crate::index::build::build_index(&[needy, giving], Vec::new(), &options);
    let matches = Matches::new(&index, &options);
    let found = matches.offers_for(*matches.needs(Whom::Person(PersonId(0))).first()?);
    found.first().map(|one| (one.kind, one.shared.iter().map(|word| (*word).to_owned()).collect()))
}

#[test]
fn phrases_that_say_the_same_fit() {
    for (need, offer, kind, shared) in [
        ("冷库盘点自动化", "冷库盘点自动化", MatchKind::Equal, &["冷库盘点自动化"][..]),
        ("行业媒体的联系人", "行业媒体的联系人", MatchKind::Equal, &["行业媒体", "联系人"]),
        (
            "Warehouse robot vendor in China",
            "warehouse robot vendors in China",
            MatchKind::Equal,
            &["warehouse robot vendors", "China"],
        ),
        (
            "China retail case studies",
            "ｃｈｉｎａ retail case-studies",
            MatchKind::Equal,
            &["ｃｈｉｎａ retail case-studies"],
        ),
        ("找懂冷库盘点自动化的人聊一次", "冷库盘点自动化", MatchKind::Contains, &["冷库盘点自动化"]),
        ("安全库存模型", "零售安全库存模型讲义", MatchKind::Contains, &["安全库存模型"]),
        ("B端产品定价", "定价", MatchKind::Contains, &["定价"]),
        ("pricing", "enterprise pricing", MatchKind::Contains, &["pricing"]),
        ("问清楚冷库里安全库存按批次还是按品项算", "安全库存模型", MatchKind::Words, &["安全库存"]),
        ("冷链效期数据", "cold-chain 效期数据", MatchKind::Equal, &["cold-chain 效期数据"]),
        ("零售客户的数据案例", "真实零售数据案例", MatchKind::Words, &["零售", "数据案例"]),
        (
            "cold chain waste data",
            "benchmark data on cold-chain waste",
            MatchKind::Contains,
            &["data", "cold-chain waste"],
        ),
    ] {
        let shared: Vec<String> = shared.iter().map(|word| (*word).to_owned()).collect();
        assert_eq!(fit(need, offer), Some((kind, shared)), "{need} / {offer}");
    }
}

#[test]
fn phrases_that_only_share_a_word_do_not_fit() {
    for (need, offer) in [
        ("零售供应链人才", "投资机构怎么看供应链软件"),
        ("冷链赛道项目", "冷链行业一手数据"),
        ("工厂原料补货", "门店补货算法"),
        ("能带队的产品总监", "总监岗位的真实要求"),
        ("第一批冷链客户", "零售客户的数字化预算"),
        ("a partner for the Johor warehouse", "warehouse robot vendors in China"),
        ("survey partners in East Asia", "view of the East Asian market"),
        ("海外产品经理候选人", "海外落地案例"),
        ("请人核对天数的算法", "算法工程化"),
        ("行业经验", "行业一手经验分享"),
        ("冷链数据专员", "数据"),
        ("sales training for shops", "sales"),
        ("help", "help with tax"),
        ("的", "的"),
        ("", "定价"),
    ] {
        assert_eq!(fit(need, offer), None, "{need} / {offer}");
    }
}

#[test]
fn nobody_is_sent_to_themselves_nor_to_the_dead_and_the_owner_comes_first() {
    let same = |person: &mut Person| (person.needs, person.offers) = (lines(&["定价模型"]), lines(&["定价模型"]));
    let gone = person("C.md").with(same).with(|person| person.deceased = Some(at(None))).build();
    let owner = note("Me.md", NoteKind::Owner).with(same).build();
    let index = indexed([person("A.md").with(same).build(), person("B.md").with(same).build(), gone, owner]);
    let matches = Matches::new(&index, &options());
    let of = |whom| {
        let need = matches.needs(whom);
        matches.offers_for(need[0]).iter().map(|found| found.offered.by).collect::<Vec<_>>()
    };
    assert_eq!(of(Whom::Person(PersonId(0))), [Whom::Owner, Whom::Person(PersonId(1))]);
    assert_eq!(of(Whom::Owner), [Whom::Person(PersonId(0)), Whom::Person(PersonId(1))]);
    assert_eq!(matches.of_owner_for(PersonId(1)).len(), 1);
    assert_eq!(matches.for_owner_from(PersonId(0)).len(), 1);
}

#[test]
fn any_text_is_held_against_any_offer() {
    let offers = ["[[定价]] | 模型", "<b>定价</b>模型", "🧊冷库盘点", "`a`", "\u{202e}تسعير", "e\u{301}clair"];
    let index = indexed([person("B.md").with(|person| person.offers = lines(&offers)).build()]);
    let matches = Matches::new(&index, &options());
    for text in offers.iter().chain(&["定价模型", "", "\u{feff}", "𠀀𠀁𠀂"]) {
        let path = &index.people[0].path;
        for found in matches.offers_for(Said { by: Whom::Owner, text, path, line: 1 }) {
            assert!(found.shared.iter().all(|word| found.offered.text.contains(word)));
        }
    }
}

#[test]
#[ignore = "a measurement: cargo test --release -- --ignored ten_thousand"]
fn ten_thousand_people_are_matched_in_little_time() {
    let topics = [
        "冷库盘点",
        "门店补货",
        "安全库存",
        "定价",
        "海外落地",
        "招聘流程",
        "数据治理",
        "投资尽调",
        "供应链软件",
        "机器人选型",
    ];
    let phrase = |n: usize| format!("{}{}第{}类", topics[n % 10], topics[n / 10 % 10], n % 3000);
    let people: Vec<_> = (0..10_000usize)
        .map(|n| {
            let some = |by: usize| (0..3).map(|k| at(Box::from(phrase(n * by + k * 77)))).collect::<Vec<_>>();
            person(&format!("P{n:05}.md")).with(|person| (person.needs, person.offers) = (some(3), some(7))).build()
        })
        .collect();
    let index = indexed(people);
    let started = std::time::Instant::now();
    let matches = Matches::new(&index, &options());
    let made = started.elapsed();
    let all = (0..10_000).map(PersonId).flat_map(|id| matches.needs(Whom::Person(id)));
    let found: usize = all.map(|need| matches.offers_for(need).len()).sum();
    eprintln!("made {made:?}, all {:?}, {found} matches", started.elapsed());
}
