use std::collections::*; use vault_scan::*; use std::sync::Arc;
use vault_scan::model::cadence::*; 
fn main(){
 let p=|c,u|Cadence::Every(Period{count:c,unit:u});
 let mut presets=BTreeMap::new();
 for (n,c) in [("career-mentor",p(1,Unit::Month)),("skill-mentor",p(2,Unit::Week)),("former-colleague",p(6,Unit::Month)),("colleague",p(2,Unit::Month)),("client",p(1,Unit::Month)),("friend",p(3,Unit::Month)),("endorser",p(1,Unit::Month))]{presets.insert(n.into(),index::options::RolePreset{cadence:Some(c),weight:None});}
 let m=|n|p(n,Unit::Month);
 let o=app::options::Options{language:None,reports:"Reports".into(),ignore:vec![],vocabulary:Arc::new(vocabulary::Vocabulary::built_in().clone()),cadence_words:BTreeMap::new(),
  index:index::options::IndexOptions{presets,tag_cadences:BTreeMap::new(),closeness_cadences:[[m(1),m(1),m(2)],[m(1),m(2),m(3)],[m(3),m(6),m(12)]],default_cadence:m(6),lost_after:3,leap_day:Default::default(),lunar_rule:Default::default(),remind_before:3,festivals:["spring-festival".into()].into()},
  agenda:Default::default(),templates:BTreeMap::new()};
 let a:Vec<String>=std::env::args().collect();
 let l=app::load::load(a[1].as_ref(),o,&|_|{}).unwrap();
 let t=model::today::Today(a[2].parse().unwrap());
 use render::report_files::ReportFile::*;
 let out=match a.get(4).map(|s|s.as_str()){Some("json")=>app::reports::Output::Json,Some("txt")=>app::reports::Output::Text(render::style::Style::Plain),_=>app::reports::Output::Markdown};
 let r=match a[3].as_str(){"agenda"=>Agenda,"stale"=>Stale,"people"=>People,_=>Problems};
 match l.report(r,out,t){Ok(s)=>println!("{s}"),Err(e)=>println!("ERR {e}")}
}
