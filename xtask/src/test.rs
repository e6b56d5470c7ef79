//! `cargo xtask test`: everything CI runs, as a list of named steps (see `test_steps`), all of them even when one
//! fails, with a summary that ends in one line a machine can read.

use crate::setup;
use crate::test_steps::{STEPS, Step, TestRun};
use crate::workspace::Workspace;
use anyhow::{Result, bail};
use std::cell::OnceCell;
use std::time::{Duration, Instant};

/// What the caller asked for.
#[derive(Debug, Default)]
struct Choice {
    only: Vec<String>,
    fix: bool,
}

/// Runs the steps that `arguments` choose. Fails when one of them did.
pub(crate) fn test(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    if arguments == ["--list"] {
        for step in STEPS {
            println!("{:16}{}", step.name, step.what);
        }
        return Ok(());
    }
    let choice = parse(arguments)?;
    let steps: Vec<&Step> = STEPS
        .iter()
        .filter(|step| choice.only.is_empty() || choice.only.iter().any(|name| name == step.name))
        .collect();
    let run = TestRun {
        workspace: workspace.clone(),
        toolbox: setup::prepare(workspace)?,
        fix: choice.fix,
        native_tests: OnceCell::new(),
    };
    let mut results = Vec::new();
    for step in steps {
        println!("\n== {}: {}", step.name, step.what);
        let started = Instant::now();
        let outcome = (step.run)(&run);
        if let Err(error) = &outcome {
            println!("   {} failed: {error:#}", step.name);
        }
        results.push((step.name, started.elapsed(), outcome.is_ok()));
    }
    summarize(&results)
}

fn parse(arguments: &[String]) -> Result<Choice> {
    let mut choice = Choice::default();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--fix" => choice.fix = true,
            "--only" => match rest.next() {
                Some(name) if STEPS.iter().any(|step| step.name == name) => choice.only.push(name.clone()),
                Some(name) => bail!("no step `{name}`; `cargo xtask test --list` names them"),
                None => bail!("--only wants the name of a step"),
            },
            other => bail!("test knows --only NAME, --fix and --list, not `{other}`"),
        }
    }
    Ok(choice)
}

fn summarize(results: &[(&str, Duration, bool)]) -> Result<()> {
    println!("\n== summary");
    for (name, time, passed) in results {
        println!("   {} {name:16}{:7.1} s", if *passed { "ok    " } else { "FAILED" }, time.as_secs_f32());
    }
    let passed = results.iter().filter(|(_, _, passed)| *passed).count();
    let failed = results.len() - passed;
    println!("{passed} passed, {failed} failed");
    if failed > 0 {
        std::process::exit(1); // the last line above is for machines: nothing may follow it
    }
    Ok(())
}
