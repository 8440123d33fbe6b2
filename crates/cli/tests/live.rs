//! What is live, compared and audited.

mod shop;

use shop::{AT, Shop};

#[test]
fn what_is_live_is_compared_with_the_rules_and_dates_them() {
    let shop = Shop::new("live");
    let live = format!("live:{}", shop.target);
    shop.run(&["diff", &live, "rules"]).ended(2, &["nothing is live at"]);
    shop.push(&[]).ended(0, &[]);
    shop.run(&["diff", &live, "rules", "--at", AT]).ended(0, &["nothing is different"]);
    shop.edit(2);
    shop.run(&["diff", &live, "rules", "--at", AT])
        .ended(0, &["rule `home-hero-winter`", "English text “Winter is on” → “Winter 2”"]);

    let git = |arguments: &[&str]| {
        let mut git = std::process::Command::new("git");
        git.current_dir(&shop.folder).args(["-c", "user.name=Anna", "-c", "user.email=anna@fjell.example"]);
        git.args(["-c", "commit.gpgsign=false"]).args(arguments);
        let at = "2026-11-12T00:00:00Z";
        assert!(
            git.env("GIT_AUTHOR_DATE", at).env("GIT_COMMITTER_DATE", at).output().unwrap().status.success()
        );
    };
    git(&["init", "-q", "-b", "main"]);
    git(&["add", "rules"]);
    git(&["commit", "-qm", "first"]);
    let audit = shop.run(&["audit", "--at", AT, "--target", &shop.target, "--format", "json"]);
    let answer: serde_json::Value = serde_json::from_str(&audit.ended(0, &[]).text).unwrap();
    let rule = &answer["rules"][0];
    // A push is dated by the machine's clock.
    let days_to_live = rule["days_to_live"].as_i64();
    assert!(rule["age_days"] == 8 && days_to_live >= Some(0), "{rule}");
    let maturity = answer["maturity"].as_array().unwrap();
    let to_live = maturity.iter().find(|one| one["question"] == "days-to-live").unwrap();
    assert_eq!((&to_live["of"], to_live["median_days"].as_i64()), (&5.into(), days_to_live));
}
