//! Random policies with their endpoints, as the text a person writes, and random credentials.
//!
//! What is drawn is kept beside the text, so that the tables of the run time can be made of it without asking the code
//! that `explain` asks.

use scopewright::Status;
use std::fmt::Write as _;

/// Numbers that look random: splitmix64.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit).unwrap()).unwrap()
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// Some of them, each once, in a random order.
    fn some<T: Clone>(&mut self, from: &[T], most: usize) -> Vec<T> {
        let mut left = from.to_vec();
        let count = 1 + self.below(most.min(left.len()));
        (0..count).map(|_| left.swap_remove(self.below(left.len()))).collect()
    }
}

/// A scope as it was drawn.
pub struct DrawnScope {
    pub name: String,
    pub status: Status,
    /// Positions of scopes that are implied directly.
    pub implies: Vec<usize>,
}

/// A mode as it was drawn.
#[expect(clippy::struct_excessive_bools, reason = "each is something the file says or not")]
struct DrawnMode {
    name: String,
    /// The keys that say where the credential is, none for one that is made of others.
    place: Option<&'static str>,
    skipped: bool,
    deny: bool,
    together: Vec<String>,
    upgrades: Option<String>,
    /// Whether a caller can be of it.
    alone: bool,
    says_alone: bool,
}

/// A policy, its endpoints, and what it was made of.
pub struct Drawn {
    pub policy: String,
    pub manifest: String,
    pub scopes: Vec<DrawnScope>,
    /// Old names, with the position of the scope.
    pub aliases: Vec<(String, usize)>,
    pub modes: Vec<String>,
}

/// How many endpoints a policy has, and how many tools. The manifest has tools as `POST /tools/t0`, and the endpoint they
/// are called through as `POST /mcp`.
pub const ENDPOINTS: usize = 4;
pub const TOOLS: usize = 3;

const PLACES: [&str; 7] = [
    "type = \"api-key\"\nin = \"header\"\nname = \"X-Key\"\nprefix = \"k_\"\n",
    "type = \"api-key\"\nin = \"query\"\nname = \"key\"\n",
    "type = \"api-key\"\nin = \"cookie\"\nname = \"session\"\n",
    "type = \"bearer\"\nclaim = \"scope\"\nformat = \"FORMAT\"\n",
    "type = \"bearer\"\nprefix = \"t_\"\nclaim = \"scope\"\nformat = \"FORMAT\"\n",
    "type = \"oauth2\"\nclaim = \"scp\"\nformat = \"FORMAT\"\n",
    "type = \"mutual-tls\"\n",
];

const STATUSES: [(Status, usize); 6] = [
    (Status::Stable, 50),
    (Status::Beta, 10),
    (Status::Deprecated, 10),
    (Status::Planned, 10),
    (Status::UnderReview, 10),
    (Status::Removed, 10),
];

pub fn policy(random: &mut Random) -> Drawn {
    let scopes = scopes(random);
    let live: Vec<usize> = (0..scopes.len()).filter(|at| scopes[*at].status.is_live()).collect();
    let aliases: Vec<(String, usize)> = match live.as_slice() {
        [] => Vec::new(),
        live => (0..random.below(3)).map(|at| (format!("old:{at}"), *random.pick(live))).collect(),
    };
    let modes = modes(random);
    let mut policy =
        String::from("[api]\ntitle = \"Random\"\n\n[public_reasons]\nopen = \"Carries no data.\"\n");
    for mode in &modes {
        write_mode(&mut policy, mode, random);
    }
    for scope in &scopes {
        let implied: Vec<String> = scope.implies.iter().map(|at| format!("{:?}", scopes[*at].name)).collect();
        let (name, status) = (&scope.name, scope.status.as_str());
        writeln!(policy, "[scopes.{name:?}]\ngrants = \"Something.\"\nstatus = \"{status}\"").unwrap();
        writeln!(policy, "implies = [{}]", implied.join(", ")).unwrap();
    }
    for (name, target) in &aliases {
        let target = &scopes[*target].name;
        writeln!(policy, "[scopes.{name:?}]\nrenamed_to = {target:?}\nuntil = \"2099-12-31\"").unwrap();
    }
    if random.chance(30) {
        policy
            .push_str("[denial.unauthenticated]\nstatus = 404\n[denial.insufficient_scope]\nstatus = 418\n");
        policy.push_str("[denial.mode_refused]\nstatus = 405\n[denial.undecided]\nstatus = 501\n");
    }
    let names: Vec<String> = live.iter().map(|at| scopes[*at].name.clone()).collect();
    let mut manifest = String::new();
    let mut draw = |path: String, method: &str| {
        let asking = Asking { random: &mut *random, scopes: &names, modes: &modes };
        asking.endpoint(method, &path, &mut policy, &mut manifest);
    };
    for at in 0..ENDPOINTS {
        draw(format!("/e{at}"), ["GET", "POST", "PUT", "DELETE"][at % 4]);
    }
    draw("/mcp".to_owned(), "POST");
    for at in 0..TOOLS {
        draw(format!("/tools/t{at}"), "POST");
    }
    policy.push_str("[sources]\nmanifest = [\"routes.jsonl\"]\n");
    let modes = modes.into_iter().map(|mode| mode.name).collect();
    Drawn { policy, manifest, scopes, aliases, modes }
}

fn scopes(random: &mut Random) -> Vec<DrawnScope> {
    // More than 64 need a second word.
    let count = if random.chance(10) { 60 + random.below(20) } else { 1 + random.below(10) };
    let mut scopes: Vec<DrawnScope> = Vec::new();
    for at in 0..count {
        let name = match random.below(4) {
            0 => format!("s{at}"),
            1 => format!("things:{at}"),
            2 => format!("https://example.com/auth/things.{at}"),
            _ => format!("read:thing,{at}"),
        };
        let mut dice = random.below(100);
        let drawn = STATUSES.iter().find(|(_, share)| {
            let is_it = dice < *share;
            dice = dice.saturating_sub(*share);
            is_it
        });
        let status = drawn.map_or(Status::Stable, |(status, _)| *status);
        let live: Vec<usize> = (0..at).filter(|at| scopes[*at].status.is_live()).collect();
        let implies = match live.as_slice() {
            [] => Vec::new(),
            live if random.chance(50) => random.some(live, 2),
            _ => Vec::new(),
        };
        scopes.push(DrawnScope { name, status, implies });
    }
    scopes
}

fn modes(random: &mut Random) -> Vec<DrawnMode> {
    let mode = |name: String, place: Option<&'static str>, random: &mut Random| DrawnMode {
        name,
        place,
        skipped: random.chance(20),
        deny: random.chance(50),
        together: Vec::new(),
        upgrades: None,
        alone: true,
        says_alone: false,
    };
    let places = random.some(&PLACES, 5);
    let mut modes: Vec<DrawnMode> =
        (0..).zip(places).map(|(at, place)| mode(format!("m{at}"), Some(place), random)).collect();
    // Bearer tokens have one place, whatever is in them.
    let is_bearer = |mode: &DrawnMode| {
        mode.place.is_some_and(|place| place.contains("bearer") || place.contains("oauth2"))
    };
    if random.chance(50) {
        let mut members: Vec<usize> = Vec::new();
        for (at, candidate) in modes.iter().enumerate() {
            let has_bearer = members.iter().any(|member| is_bearer(&modes[*member]));
            let is_certificate = candidate.place.is_some_and(|place| place.contains("mutual"));
            if !(is_certificate || has_bearer && is_bearer(candidate)) && members.len() < 2 + at % 2 {
                members.push(at);
            }
        }
        if members.len() > 1 {
            let mut whole = mode("whole".to_owned(), None, random);
            for member in members {
                whole.together.push(modes[member].name.clone());
                modes[member].says_alone = random.chance(40);
                modes[member].alone = modes[member].says_alone;
            }
            modes.push(whole);
        }
    }
    let bases: Vec<String> = modes.iter().filter(|mode| mode.alone).map(|mode| mode.name.clone()).collect();
    if !bases.is_empty() && random.chance(60) {
        let base = random.pick(&bases).clone();
        let skipped = modes.iter().any(|mode| mode.name == base && mode.skipped);
        for at in 0..=random.below(2) {
            let upgrade = mode(format!("up{at}"), None, random);
            modes.push(DrawnMode { skipped, upgrades: Some(base.clone()), ..upgrade });
        }
    }
    modes
}

fn write_mode(policy: &mut String, mode: &DrawnMode, random: &mut Random) {
    writeln!(policy, "[auth.{}]", mode.name).unwrap();
    if let Some(base) = &mode.upgrades {
        writeln!(policy, "upgrades = \"{base}\"\nassurance = \"high\"").unwrap();
        return;
    }
    let format = random.pick(&["space-separated", "comma-separated", "array"]);
    policy.push_str(&mode.place.unwrap_or_default().replace("FORMAT", format));
    if !mode.together.is_empty() {
        writeln!(policy, "together = {:?}", mode.together).unwrap();
    }
    if mode.says_alone {
        policy.push_str("alone = true\n");
    }
    if mode.skipped {
        policy.push_str("scopes = { skipped = \"somebody else decides\" }\n");
    } else {
        let unknown = if mode.deny { "deny" } else { "ignore" };
        writeln!(policy, "scopes = \"enforced\"\nunknown_scopes = \"{unknown}\"").unwrap();
    }
}

/// What the decision on an endpoint is drawn from.
struct Asking<'a> {
    random: &'a mut Random,
    scopes: &'a [String],
    modes: &'a [DrawnMode],
}

impl Asking<'_> {
    fn endpoint(mut self, method: &str, path: &str, policy: &mut String, manifest: &mut String) {
        if self.random.chance(40) && self.modes.iter().any(|mode| mode.alone) {
            self.in_manifest(method, path, manifest);
        } else {
            self.in_policy(method, path, policy);
        }
    }

    /// A line that says what each mode must bring.
    fn in_manifest(&mut self, method: &str, path: &str, manifest: &mut String) {
        let mut by_mode = Vec::new();
        for mode in self.modes.iter().filter(|mode| mode.alone) {
            // What is not said of an upgrade is what its base must bring.
            if mode.upgrades.is_some() && self.random.chance(50) {
                continue;
            }
            let any_of = match self.random.below(4) {
                0 => "[]".to_owned(),
                1 => "[[]]".to_owned(),
                _ if mode.skipped || self.scopes.is_empty() => "[[]]".to_owned(),
                _ => format!("{:?}", self.alternatives()),
            };
            by_mode.push(format!("{:?}:{any_of}", mode.name));
        }
        let by_mode = by_mode.join(",");
        writeln!(manifest, "{{\"method\":\"{method}\",\"path\":\"{path}\",\"modes\":{{{by_mode}}}}}")
            .unwrap();
    }

    /// An entry of the policy: what holds for all, or for some, and what holds for single modes.
    fn in_policy(&mut self, method: &str, path: &str, policy: &mut String) {
        writeln!(policy, "[[routes]]\nmatch = \"{method} {path}\"").unwrap();
        let callers: Vec<&DrawnMode> = self.modes.iter().filter(|mode| mode.alone).collect();
        let is_for_some = self.random.chance(25) && !callers.is_empty();
        if is_for_some {
            let via: Vec<&DrawnMode> = self.random.some(&callers, 2);
            let names: Vec<&str> = via.iter().map(|mode| mode.name.as_str()).collect();
            let skipped = via.iter().any(|mode| mode.skipped);
            let decision = self.of_mode(skipped);
            writeln!(policy, "via = {names:?}\n{decision}").unwrap();
            return;
        }
        let decision = match self.random.below(10) {
            0 => "public = \"open\"".to_owned(),
            1 | 2 => "optional_auth = true".to_owned(),
            3 => "authenticated = true".to_owned(),
            4 => "refused = true".to_owned(),
            5 => "deferred = \"T-1\"".to_owned(),
            _ if self.scopes.is_empty() => "authenticated = true".to_owned(),
            _ => self.requires(),
        };
        writeln!(policy, "{decision}").unwrap();
        if self.random.chance(50) && !callers.is_empty() {
            for mode in self.random.some(&callers, 2) {
                let decision = self.of_mode(mode.skipped);
                writeln!(policy, "modes.{} = {{ {decision} }}", mode.name).unwrap();
            }
        }
    }

    /// A decision that can be made for one mode.
    fn of_mode(&mut self, skipped: bool) -> String {
        match self.random.below(6) {
            0 => "authenticated = true".to_owned(),
            1 => "refused = true".to_owned(),
            2 => "deferred = \"T-2\"".to_owned(),
            _ if skipped || self.scopes.is_empty() => "authenticated = true".to_owned(),
            _ => self.requires(),
        }
    }

    fn requires(&mut self) -> String {
        format!("requires = {{ any = {:?} }}", self.alternatives())
    }

    fn alternatives(&mut self) -> Vec<Vec<String>> {
        (0..=self.random.below(2)).map(|_| self.random.some(self.scopes, 3)).collect()
    }
}

/// The names in a credential: of scopes of every status, old ones, near ones, those of others, twice, or none.
pub fn names(random: &mut Random, drawn: &Drawn) -> Vec<String> {
    let clean = random.chance(50);
    let mut names = Vec::new();
    for _ in 0..random.below(5) {
        let scope = random.pick(&drawn.scopes);
        let name = match random.below(10) {
            0..5 => scope.name.clone(),
            5 | 6 if !drawn.aliases.is_empty() => random.pick(&drawn.aliases).0.clone(),
            7 if !clean => "openid".to_owned(),
            8 if !clean => scope.name.to_uppercase(),
            9 if !clean => format!("{}x", scope.name),
            _ => names.last().cloned().unwrap_or_else(|| scope.name.clone()),
        };
        let is_dead = drawn.scopes.iter().any(|scope| scope.name == name && !scope.status.is_live());
        if !(clean && is_dead) {
            names.push(name);
        }
    }
    names
}
