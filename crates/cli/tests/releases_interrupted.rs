//! Pushes that are killed, or that others come in between of: what is live is the old bundle or the new one, complete, and
//! the next push works.

mod shop;

use std::time::{Duration, Instant};

use shop::{Shop, finish};

#[test]
fn killed_at_any_step_the_old_or_the_new_bundle_is_live_and_the_next_push_says_what_it_found() {
    let steps: &[(&str, bool, &[&str])] = &[
        ("read", false, &["release 2 "]),
        ("built", false, &["release 2 "]),
        ("bundles", false, &["release 2 ", "1 file half written: removed"]),
        ("uploaded", false, &["release 2 "]),
        ("history", false, &["release 2 ", "1 file half written: removed"]),
        ("recorded", false, &["release 3 ", "release 2 by ", "was begun and is not live"]),
        ("live.json", false, &["release 3 ", "1 file half written: removed", "was begun and is not live"]),
        ("moved", true, &["nothing to push"]),
    ];
    for (step, is_new, found) in steps {
        let shop = Shop::new(&format!("killed-{step}"));
        shop.push(&[]).ended(0, &[]);
        let before = shop.live();
        shop.edit(2);
        let killed = shop.push_command(&[]).env("FOOTLIGHT_DIE_AT", step).output().unwrap();
        assert_eq!(killed.status.code(), None, "{step}: it died");
        assert_eq!(shop.live() != before, *is_new, "{step}");
        shop.push(&[]).ended(0, found);
        let (sequence, bundle) = shop.live();
        assert!(sequence > before.0 && bundle != before.1, "{step}");
        shop.at("rollback", &[]).ended(0, &[]);
        assert_eq!(shop.live().1, before.1, "{step}");
    }
}

#[test]
fn killed_at_any_step_the_very_first_push_can_be_made_again() {
    for step in ["read", "bundles", "uploaded", "history", "recorded", "live.json", "moved"] {
        let shop = Shop::new(&format!("first-{step}"));
        let killed = shop.push_command(&[]).env("FOOTLIGHT_DIE_AT", step).output().unwrap();
        assert_eq!(killed.status.code(), None, "{step}: it died");
        shop.push(&[]).ended(0, &[]);
        shop.live();
    }
}

#[test]
fn killed_at_random_times_the_old_or_the_new_bundle_is_live() {
    let shop = Shop::new("random");
    shop.push(&[]).ended(0, &[]);
    let began = Instant::now();
    shop.edit(1);
    shop.push(&[]).ended(0, &[]);
    let longest = began.elapsed();
    let seed = u64::from(std::process::id());
    let mut random = seed;
    let (mut live, mut went_live) = (shop.live(), 0);
    for number in 2..42 {
        // Knuth's MMIX.
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        shop.edit(number);
        let mut child = shop
            .push_command(&[])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(longest.mul_f64((random >> 40) as f64 / (1_u64 << 24) as f64));
        let _ = child.kill();
        child.wait().unwrap();
        let now = shop.live();
        if now != live {
            assert!(now.0 > live.0, "seed {seed}");
            went_live += 1;
        }
        live = now;
    }
    println!("seed {seed}: {went_live} of 40 pushes went live before they were killed");
    shop.edit(99);
    shop.push(&[]).ended(0, &["release"]);
    assert_ne!(shop.live(), live);
}

#[test]
fn of_two_pushes_at_once_one_wins_and_the_other_is_told() {
    let shop = Shop::new("two");
    shop.push(&[]).ended(0, &[]);
    for round in 0..8 {
        let (before, _) = shop.live();
        shop.edit(100 + round);
        let one = shop.push_held_at("built", &["-m", "one"]);
        shop.edit(200 + round);
        let two = shop.push_held_at("built", &["-m", "two"]);
        let (mut stdin_one, mut stdin_two) = (one, two);
        drop((stdin_one.stdin.take(), stdin_two.stdin.take()));
        let said = [finish(stdin_one), finish(stdin_two)];
        let won: Vec<_> = said.iter().filter(|said| said.code == Some(0)).collect();
        assert_eq!(won.len(), 1, "{said:?}");
        let lost = said.iter().find(|said| said.code != Some(0)).unwrap();
        lost.ended(2, &["somebody else", "yours is not live", "footlight status"]);
        assert!(shop.live().0 > before);
    }
}

#[test]
fn who_was_overtaken_at_any_step_is_told_and_the_winner_stays_live() {
    for (step, said) in [
        ("read", "somebody else was faster: release 2 by "),
        ("uploaded", "somebody else was faster: release 2 by "),
        ("recorded", "somebody else was faster: release 3 by "),
    ] {
        let shop = Shop::new(&format!("overtaken-{step}"));
        shop.push(&[]).ended(0, &[]);
        shop.edit(2);
        let held = shop.push_held_at(step, &[]);
        shop.edit(3);
        shop.push(&["-m", "the other"]).ended(0, &["is live"]);
        let live = shop.live();
        finish(held).ended(2, &[said, "(the other)", "yours is not live"]);
        assert_eq!(shop.live(), live, "{step}");
        shop.edit(2);
        shop.push(&[]).ended(0, &["is live"]);
    }
}

#[test]
fn writers_wait_for_each_other_and_not_for_the_dead() {
    let shop = Shop::new("wait");
    shop.push(&[]).ended(0, &[]);
    shop.edit(2);
    let mut held = shop.push_held_at("bundles", &[]);
    let began = Instant::now();
    held.kill().unwrap();
    held.wait().unwrap();
    shop.push(&[]).ended(0, &["release 2"]);
    assert!(began.elapsed() < Duration::from_secs(10), "the lock died with its holder");
}
