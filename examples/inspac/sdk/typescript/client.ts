// A client of insp.ac over the generated constants in `scopes.ts`: what an SDK adds to them by hand.
//
// The server's 403 says nothing about scopes. The table of operations does, so the error that is thrown here names the
// scope that is missing all the same.

import { DENIAL_STATUS, OPERATIONS, isInsufficientScope, missingScopes } from "./scopes.js";
import type { OperationId, Scope } from "./scopes.js";

/** An answer that is no success. */
export class ApiError extends Error {
  override readonly name: string = "ApiError";

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The key is valid and lacks a scope. Permanent for this key: trying again does not help. */
export class MissingScopeError extends ApiError {
  override readonly name = "MissingScopeError";

  constructor(
    readonly operation: OperationId,
    readonly missing: readonly Scope[],
  ) {
    super(DENIAL_STATUS.insufficient_scope, "FORBIDDEN", `API key is missing ${missing.join(" and ")} scope`);
  }
}

export interface Issue {
  readonly id: number;
  readonly title: string;
  readonly description: string | null;
  readonly status: "open" | "in_progress" | "resolved";
  readonly site_id: number | null;
  readonly asset_id: number | null;
  readonly created_at: string;
}

export interface NewIssue {
  readonly title: string;
  readonly description?: string;
  readonly status?: Issue["status"];
  readonly site_id?: number;
  readonly asset_id?: number;
}

export interface Listing<Item> {
  readonly items: readonly Item[];
  readonly next: number | null;
}

/** How an operation is called. */
export interface Call {
  /** What stands for the parameters of its path. */
  readonly path?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
}

/** A client with the scopes of the key it is given. */
export class Inspac {
  readonly #base: string;
  readonly #key: string;

  constructor(options: { readonly base: string; readonly key: string }) {
    this.#base = options.base;
    this.#key = options.key;
  }

  readonly issues = {
    list: (): Promise<Listing<Issue>> => this.call("list_issues"),
    get: (id: number): Promise<Issue> => this.call("get_issue", { path: { id } }),
    create: (issue: NewIssue): Promise<Issue> => this.call("create_issue", { body: issue }),
    update: (id: number, changes: Partial<NewIssue>): Promise<Issue> =>
      this.call("update_issue", { path: { id }, body: changes }),
  };

  /** Calls any operation by its id. */
  async call<Answer>(operation: OperationId, call: Call = {}): Promise<Answer> {
    const { method, path } = OPERATIONS[operation];
    const address = new URL(this.#base + path.replace(/\{(\w+)\}/g, (_, name: string) => parameter(call, name)));
    for (const [name, value] of Object.entries(call.query ?? {})) {
      address.searchParams.set(name, String(value));
    }
    const headers: Record<string, string> = { Authorization: `Bearer ${this.#key}` };
    const request: RequestInit = { method, headers };
    if (call.body !== undefined) {
      headers["Content-Type"] = "application/json";
      request.body = JSON.stringify(call.body);
    }
    const answer = await fetch(address, request);
    const body: unknown = answer.status === 204 ? null : await answer.json();
    if (!answer.ok) {
      throw problem(operation, answer.status, body);
    }
    return body as Answer;
  }
}

function parameter(call: Call, name: string): string {
  const value = call.path?.[name];
  if (value === undefined) {
    throw new TypeError(`the path has a parameter \`${name}\``);
  }
  return encodeURIComponent(String(value));
}

function problem(operation: OperationId, status: number, body: unknown): ApiError {
  const missing = missingScopes(operation, "api_key");
  if (status === DENIAL_STATUS.insufficient_scope && isInsufficientScope(body) && missing.length > 0) {
    return new MissingScopeError(operation, missing);
  }
  const told = typeof body === "object" && body !== null ? (body as { error?: unknown; code?: unknown }) : {};
  return new ApiError(status, String(told.code ?? ""), String(told.error ?? "the request failed"));
}
