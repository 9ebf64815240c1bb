//! Golden cases of the command line: each `tests/cmd/*.toml` is one run, its output beside it.
//!
//! `TRYCMD=overwrite cargo test` writes the outputs anew; a person reads the difference.

use std::fs;

use crate::support::in_repository;

#[test]
fn each_run_says_what_its_case_holds() {
    trycmd::TestCases::new().case("tests/cmd/*.toml").env("COLUMNS", "100").env("NO_COLOR", "1");
}

#[test]
fn each_case_says_where_it_runs_and_takes_nothing_from_the_machine() {
    let mut cases = 0;
    for entry in fs::read_dir(in_repository("tests/cmd")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        cases += 1;
        let name = path.display();
        let case: toml::Table = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let is = |table: &str, key: &str, value: bool| {
            case.get(table).and_then(|table| table.get(key)).and_then(toml::Value::as_bool) == Some(value)
        };
        assert!(is("fs", "sandbox", true), "{name}: `fs.sandbox = true` is missing");
        assert!(is("env", "inherit", false), "{name}: `env.inherit = false` is missing");
        assert!(case.contains_key("status"), "{name}: `status` is missing");
        let says = |stream: &str| {
            case.contains_key(stream)
                || fs::read_to_string(path.with_extension(stream)).is_ok_and(|text| !text.trim().is_empty())
        };
        assert!(says("stdout") || says("stderr"), "{name}: nothing is said");
    }
    assert!(cases > 0, "no cases found");
}
