//! Every page is tried as nobody, as someone without a role, as a reader and from another organisation.

use crate::world::world;
use kernel::web::Method;

/// What an outsider gets: sent to sign in, not found, or forbidden; never the page, never a fault.
#[test]
fn no_page_opens_to_nobody() {
    let world = world();
    let own = world.house.practices.iter().flat_map(|practice| practice.routes);
    let mut paths: Vec<(Method, String)> = own.map(|route| (route.method, route.path.replace(['{', '}'], "x"))).collect();
    for register in &world.house.registers {
        for tail in ["", "/new", "/import", "/export.csv", "/X-1", "/X-1/edit", "/X-1/history"] {
            paths.push((Method::Get, format!("/{}{tail}", register.key)));
        }
    }
    for (method, path) in paths {
        let method = if method == Method::Get { "GET" } else { "POST" };
        let answer = world.ask("", method, &path, None, &[]);
        assert!(matches!(answer.status, 303 | 401 | 403 | 404), "{method} {path} as nobody: {}", answer.status);
        if answer.status == 303 {
            assert!(answer.header("location").starts_with("/signin"), "{method} {path} leads to {}", answer.header("location"));
        }
    }
}

#[test]
fn every_answer_carries_the_headers_that_protect_it() {
    let world = world();
    for path in ["/", "/signin", "/no/such/page", "/api/v1", "/healthz"] {
        let answer = world.ask("", "GET", path, None, &[]);
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}");
    }
}

#[test]
fn nonsense_is_refused_and_nothing_falls_over() {
    let world = world();
    let paths = [
        "/api/v1/incidents/%00",
        "/api/v1/incidents/../../etc/passwd",
        "/api/v1/incidents?limit=-1",
        "/api/v1/incidents?limit=999999999999999999999",
        "/api/v1/incidents?cursor=%FF%FE",
        "/api/v1/incidents?cursor=eyJ9",
        "/api/v1/incidents?sort=",
        "/api/v1/incidents?sort=-",
        "/api/v1/incidents?state__=x",
        "/api/v1/incidents?created_at__gte=yesterday",
        "/api/v1/incidents?as_of=0",
        "/api/v1/nothing",
        "/api/v1/incidents/INC-1/no-such-verb",
        "/api/v1/search?q=%22%27%28%29%2A%3A",
        "/api/v1/incidents?q=AND%20OR%20NOT%20NEAR(",
    ];
    for path in paths {
        let answer = world.get("Dana", path);
        assert!(answer.status < 500, "{path}: {} {}", answer.status, answer.text);
    }
    for body in ["", "{", "[]", "null", "7", "\"x\"", "{\"summary\":{}}", "{\"summary\":null}"] {
        let request = axum::http::Request::builder()
            .method("POST")
            .uri("/api/v1/incidents")
            .header("authorization", format!("Bearer {}", world.token("Dana")))
            .header("content-type", "application/json")
            .body(axum::body::Body::from(body))
            .expect("a request");
        let answer = world.send(request);
        assert!(matches!(answer.status, 400 | 422), "{body}: {} {}", answer.status, answer.text);
    }
}
