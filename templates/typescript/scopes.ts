// {{ marker }}
// Change the policy and generate again; changes made here are lost.

{{ title }}export const Scope = {
{%- for scope in scopes %}
{{ scope.doc }}  {{ scope.variant }}: {{ scope.name }},
{%- endfor %}
} as const;

/** The name of a scope. */
export type Scope = (typeof Scope)[keyof typeof Scope];

/** Where a scope is in its life. */
export type ScopeStatus = {{ statuses }};

/** What is known about a scope. */
export interface ScopeInfo {
  /** What it opens. */
  readonly grants: string;
  readonly status: ScopeStatus;
  /** The scopes it gives directly; `CLOSURE` has all of them. */
  readonly implies: readonly Scope[];
  readonly group?: string;
  readonly risk?: string;
  /** What to use instead, where it is going away. */
  readonly note?: string;
}

/** What is known about each scope that is published. */
export const SCOPES: Readonly<Record<{{ published }}, ScopeInfo>> = /* @__PURE__ */ frozen({
{%- for scope in scopes %}
{%- if let Some(info) = scope.info %}
  {{ scope.key }}: {{ info }},
{%- endif %}
{%- endfor %}
});

/** For each scope everything a credential holds that was granted it, the scope itself included. */
export const CLOSURE: Readonly<Record<Scope, readonly Scope[]>> = /* @__PURE__ */ frozen({
{%- for scope in scopes %}
  {{ scope.key }}: {{ scope.closure }},
{%- endfor %}
});

/** Former names of scopes that are still accepted. */
export const ALIASES: Readonly<Record<string, Scope>> = /* @__PURE__ */ frozen({
{%- for alias in aliases %}
{{ alias.doc }}  {{ alias.key }}: {{ alias.value }},
{%- endfor %}
});

/** A kind of credential. */
export type AuthMode = {{ mode_names }};

/** How a credential travels. */
export type Credential =
  | { readonly kind: "header" | "query" | "cookie"; readonly name: string; readonly prefix?: string }
  | { readonly kind: "bearer"; readonly prefix?: string }
  | { readonly kind: "mutual-tls" }
{%- if has_together %}
  /** The credentials of all these kinds in one request. */
  | { readonly kind: "together"; readonly modes: readonly AuthMode[] }
{%- endif %};

/** What is known about a kind of credential. */
export interface AuthModeInfo {
  /** Whether the scopes of the credential decide. */
  readonly scopes: "enforced" | "skipped";
  readonly credential: Credential;
  /** What is known of the credential beyond its validity. */
  readonly assurance?: string;
  /** The kind of credential this one is with more assurance: it may do all that one may. */
  readonly upgrades?: AuthMode;
}

/** The kinds of credentials. */
export const AUTH_MODES: Readonly<Record<AuthMode, AuthModeInfo>> = /* @__PURE__ */ frozen({
{%- for mode in modes %}
{{ mode.doc }}  {{ mode.key }}: {{ mode.value }},
{%- endfor %}
});

/** The name of a bundle. */
export type BundleName = {{ bundle_names }};

/** Scopes that are granted together. */
export interface Bundle {
  readonly title: string;
  readonly scopes: readonly Scope[];
}

/** The bundles. */
export const BUNDLES: Readonly<Record<BundleName, Bundle>> = /* @__PURE__ */ frozen({
{%- for bundle in bundles %}
{{ bundle.doc }}  {{ bundle.key }}: {{ bundle.value }},
{%- endfor %}
});

/** What a kind of credential must bring to an operation. */
export type Decision =
  /** Any one of the alternatives, all scopes of it. */
  | { readonly kind: "scoped"; readonly anyOf: readonly (readonly Scope[])[] }
  /** A valid credential. */
  | { readonly kind: "authenticated" }
  /** Nothing. */
  | { readonly kind: "public" }
  /** Nothing, but a credential that is sent must be valid. */
  | { readonly kind: "optional" }
  /** May never call. */
  | { readonly kind: "refused" }
  /** Denied until it is decided. */
  | { readonly kind: "deferred" };

/** Who may call something. */
export interface Access {
  /** Whether it answers without a credential. */
  readonly anonymous: boolean;
  readonly modes: Readonly<Record<AuthMode, Decision>>;
  /** Scopes it may ask for beyond these, and when. */
  readonly mayRequire?: readonly { readonly scope: Scope; readonly when: string }[];
}

/** An operation and who may call it. */
export interface Operation extends Access {
  readonly method: string;
  /** The path, with `{name}` and `{*name}` for parameters. */
  readonly path: string;
  /** Where it is in its life: it may still change, or it is going away. Most operations are neither. */
  readonly status?: "preview" | "deprecated";
}

/** The id of an operation. */
export type OperationId = {{ operation_ids }};

/** Every operation. */
export const OPERATIONS: Readonly<Record<OperationId, Operation>> = /* @__PURE__ */ frozen({
{%- for operation in operations %}
  {{ operation.key }}: {
    method: {{ operation.method }},
    path: {{ operation.path }},
{%- if let Some(status) = operation.status %}
    status: {{ status }},
{%- endif %}
    anonymous: {{ operation.anonymous }},
    modes: {
{%- for mode in operation.modes %}
      {{ mode.key }}: {{ mode.value }},
{%- endfor %}
    },
{%- if let Some(may_require) = operation.may_require %}
    mayRequire: {{ may_require }},
{%- endif %}
  },
{%- endfor %}
});

{%- for kind in mcp %}

/** The {{ kind.called }} of an MCP {{ kind.noun }}. */
export type {{ kind.name_type }} = {{ kind.names }};

/** What each MCP {{ kind.noun }} asks for, beside what the endpoint asks for that takes the call. */
export const {{ kind.table }}: Readonly<Record<{{ kind.name_type }}, Access>> = /* @__PURE__ */ frozen({
{%- for it in kind.offered %}
  {{ it.key }}: {
    anonymous: {{ it.anonymous }},
    modes: {
{%- for mode in it.modes %}
      {{ mode.key }}: {{ mode.value }},
{%- endfor %}
    },
{%- if let Some(may_require) = it.may_require %}
    mayRequire: {{ may_require }},
{%- endif %}
  },
{%- endfor %}
});
{%- endfor %}

/**
 * Everything a credential holds that was granted these scopes. Former names are followed; names that are no scope of
 * this API, and scopes that can't be granted, give nothing.
 */
export function expand(granted: Iterable<string>): ReadonlySet<Scope> {
  const held = new Set<Scope>();
  for (const name of granted) {
    for (const scope of own(CLOSURE, own(ALIASES, name) ?? name) ?? []) {
      held.add(scope);
    }
  }
  return held;
}

/**
 * Whether the API lets a caller run an operation: one with a valid credential of a kind (`mode`) that was granted these
 * scopes, or, with `null`, one without a credential. What is not known is not allowed.
 */
export function isAllowed(operation: OperationId, mode: AuthMode | null, granted: Iterable<string> = []): boolean {
  return allows(own(OPERATIONS, operation), mode, granted);
}
{%- for kind in mcp %}

/** The same for an MCP {{ kind.noun }}, given that the caller may call the endpoint that takes the call. */
export function {{ kind.function }}({{ kind.noun }}: {{ kind.name_type }}, mode: AuthMode | null, granted: Iterable<string> = []): boolean {
  return allows(own({{ kind.table }}, {{ kind.noun }}), mode, granted);
}
{%- endfor %}

function allows(known: Access | undefined, mode: AuthMode | null, granted: Iterable<string>): boolean {
  if (known === undefined) {
    return false;
  }
  if (mode === null) {
    return known.anonymous;
  }
  const decision = own(known.modes, mode);
  switch (decision?.kind) {
    case "scoped":
      return AUTH_MODES[mode].scopes === "skipped" || isMet(decision.anyOf, expand(granted));
    case "authenticated":
    case "public":
    case "optional":
      return true;
    default:
      return false;
  }
}

/**
 * The scopes that would have to be granted as well: those of the cheapest alternative that `granted` does not give,
 * sorted. Empty if no scope is missing, and if no scope would help; `isAllowed` tells these apart.
 */
export function missingScopes(operation: OperationId, mode: AuthMode, granted: Iterable<string> = []): readonly Scope[] {
  const names = [...granted];
  const known = own(OPERATIONS, operation);
  const decision = known && own(known.modes, mode);
  if (decision?.kind !== "scoped" || isAllowed(operation, mode, names)) {
    return [];
  }
  const held = expand(names);
  let fewest: readonly Scope[] | undefined;
  for (const allOf of decision.anyOf) {
    const missing = allOf.filter((scope) => !held.has(scope));
    if (fewest === undefined || missing.length < fewest.length) {
      fewest = missing;
    }
  }
  return [...(fewest ?? [])].sort();
}

/** The status of each kind of denial. */
export const DENIAL_STATUS = /* @__PURE__ */ frozen({
{%- for denial in denials %}
  {{ denial.key }}: {{ denial.status }},
{%- endfor %}
} as const);
{%- for denial in denials %}

{{ denial.doc }}export type {{ denial.type_name }}Body = {{ denial.body_type }};

/** Whether the body of an answer is {{ denial.type_name }}Body. Look at the status first: other answers may be alike. */
export function is{{ denial.type_name }}(body: unknown): body is {{ denial.type_name }}Body {
  return {{ denial.body_check }};
}
{%- endfor %}

function isMet(anyOf: readonly (readonly Scope[])[], held: ReadonlySet<Scope>): boolean {
  return anyOf.some((allOf) => allOf.length > 0 && allOf.every((scope) => held.has(scope)));
}

/** The value behind a key, not counting what every object inherits. */
function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.prototype.hasOwnProperty.call(record, key) ? record[key] : undefined;
}

/** Freezes a value and everything in it. */
function frozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}
{%- if helpers.at %}

/** A member of a value, `undefined` if it has none of this name. */
function at(value: unknown, key: string | number): unknown {
  return typeof value === "object" && value !== null && Object.prototype.hasOwnProperty.call(value, key)
    ? (value as Readonly<Record<string | number, unknown>>)[key]
    : undefined;
}
{%- endif %}
{%- if helpers.is_record %}

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
{%- endif %}
{%- if helpers.is_list %}

function isList(value: unknown, length: number): boolean {
  return Array.isArray(value) && value.length === length;
}
{%- endif %}
{%- if helpers.is_strings %}

function isStrings(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
{%- endif %}
