//! Every sort of value goes in and comes out the same.

use db::{Engine, Error, Value};

use crate::place::{Answer, both, postgres};

#[test]
fn values_come_back_as_they_went_in() {
    both(|place| {
        place.script("CREATE TABLE t (i bigint, r double precision, x text, b bytea, j jsonb, f boolean)");
        let rows: [[Value; 6]; 3] = [
            [i64::MIN.into(), 0.1.into(), "it's ?1 é 漢 😀 \"".into(), vec![0u8, 255, 39].into(), "{\"a\": 1}".into(), true.into()],
            [i64::MAX.into(), f64::MAX.into(), "".into(), Vec::<u8>::new().into(), "[]".into(), false.into()],
            [Value::Null, Value::Null, Value::Null, Value::Null, Value::Null, Value::Null],
        ];
        for row in rows {
            let wanted = row.clone();
            let found = place.write_wait(move |tx| {
                tx.run("DELETE FROM t", &[])?;
                tx.run("INSERT INTO t(i, r, x, b, j, f) VALUES(?1, ?2, ?3, ?4, ?5, ?6)", &row)?;
                tx.one("SELECT i, r, x, b, j, f FROM t", &[])
            });
            assert_eq!(found.unwrap().into_values(), wanted);
        }
    });
}

#[test]
fn a_cell_is_not_left_over_from_the_row_before() {
    both(|place| {
        let rows = place.read_wait(|tx| {
            let mut seen = Vec::new();
            let sql = "SELECT 1, 'long text' UNION ALL SELECT 2, NULL UNION ALL SELECT 3, 'x' ORDER BY 1";
            tx.each(sql, &[], &mut |row| {
                seen.push(row.value(1)?.clone());
                Ok(std::ops::ControlFlow::Continue(()))
            })?;
            Ok::<_, Error>(seen)
        });
        assert_eq!(rows.unwrap(), ["long text".into(), Value::Null, "x".into()]);
    });
}

#[test]
fn tables_refuse_a_value_of_another_type() {
    both(|place| {
        place.script("CREATE TABLE t (i bigint, x text, b bytea)");
        let cases: [(&str, Value); 5] = [
            ("INSERT INTO t(i) VALUES(?1)", "abc".into()),
            ("INSERT INTO t(i) VALUES(?1)", 1.5.into()),
            ("INSERT INTO t(b) VALUES(?1)", "abc".into()),
            ("INSERT INTO t(b) VALUES(?1)", 7.into()),
            ("INSERT INTO t(x) VALUES(?1)", vec![1u8].into()),
        ];
        for (sql, value) in cases {
            let shown = format!("{sql} {value:?}");
            let answer = place.write_wait(move |tx| tx.run(sql, std::slice::from_ref(&value)));
            assert!(matches!(answer, Err(Error::Statement(_) | Error::Constraint { .. })), "{shown}: {answer:?}");
        }
        assert_eq!(place.int("SELECT count(*) FROM t"), 0);
    });
}

#[test]
fn reading_a_column_as_what_it_is_not_is_an_error_that_says_so() {
    both(|place| {
        let row = place.read_wait(|tx| tx.one("SELECT 7, 'x', NULL", &[])).unwrap();
        assert_eq!(row.int(0), Ok(7));
        assert_eq!(row.real(0), Ok(7.0));
        assert_eq!(row.flag(0), Ok(true));
        assert_eq!(row.maybe_text(1), Ok(Some("x")));
        assert_eq!(row.maybe_text(2), Ok(None));
        assert_eq!(row.text(0), Err(Error::Statement("column 0 should be text and is an integer".into())));
        assert_eq!(row.int(2), Err(Error::Statement("column 2 should be an integer and is NULL".into())));
        assert!(matches!(row.value(3), Err(Error::Statement(_))));
    });
}

#[test]
fn sums_and_averages_are_the_same_on_both() {
    both(|place| {
        place.script("CREATE TABLE t (i bigint)");
        for (values, sum, mean) in [
            ("(1), (2)", 3, 1.5),
            ("(-70000), (69999)", -1, -0.5),
            ("(123456789012), (4)", 123_456_789_016, 61_728_394_508.0),
            ("(0)", 0, 0.0),
        ] {
            let sql = format!("INSERT INTO t VALUES {values}");
            let row = place.write_wait(move |tx| {
                tx.run("DELETE FROM t", &[])?;
                tx.run(&sql, &[])?;
                tx.one("SELECT sum(i), avg(i) FROM t", &[])
            });
            let row = row.unwrap();
            assert_eq!(row.int(0), Ok(sum));
            assert!((row.real(1).unwrap() - mean).abs() < 1e-9, "{row:?}");
        }
    });
}

#[test]
fn marks_in_strings_names_and_comments_are_left_alone() {
    both(|place| {
        let row: Answer<_> = place.read_wait(|tx| {
            tx.one(
                "SELECT '?1', 'it''s ?2', CAST(?1 AS text) AS \"?9\" /* ?3 */ -- ?4\n, CAST(?2 AS bigint), CAST(?1 AS text)",
                &["a".into(), 5.into()],
            )
        });
        assert_eq!(row.unwrap().into_values(), ["?1".into(), "it's ?2".into(), "a".into(), 5.into(), "a".into()]);
    });
    if let Some(place) = postgres() {
        let found = place.read_wait(|tx| tx.one("SELECT CAST('{\"k\":1}' AS jsonb) ? 'k', CAST(?1 AS jsonb) ? 'z'", &["{}".into()]));
        assert_eq!(found.unwrap().into_values(), [1.into(), 0.into()]);
    }
}

#[test]
fn postgres_takes_small_integers_and_refuses_too_large_ones() {
    let Some(place) = postgres() else { return };
    assert_eq!(place.engine(), Engine::Postgres);
    let row = place.read_wait(|tx| {
        tx.one(
            "SELECT CAST(?1 AS smallint), CAST(?2 AS integer), CAST(?3 AS real), CAST(?4 AS boolean), CAST(?5 AS varchar)",
            &[7.into(), (-7).into(), 0.5.into(), true.into(), "v".into()],
        )
    });
    assert_eq!(row.unwrap().into_values(), [7.into(), (-7).into(), 0.5.into(), 1.into(), "v".into()]);
    for (sql, value) in [
        ("SELECT CAST(?1 AS smallint)", Value::Int(40_000)),
        ("SELECT CAST(?1 AS integer)", Value::Int(1 << 40)),
        ("SELECT CAST(?1 AS boolean)", Value::Int(2)),
    ] {
        let answer = place.read_wait(move |tx| tx.one(sql, std::slice::from_ref(&value)));
        assert!(matches!(answer, Err(Error::Statement(_))), "{sql}: {answer:?}");
    }
}
