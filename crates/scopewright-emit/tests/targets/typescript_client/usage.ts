// A client of the generated module, compiled with it: what should be allowed is, what should be an error is one.
import {
  AUTH_MODES,
  BUNDLES,
  CLOSURE,
  OPERATIONS,
  SCOPES,
  Scope,
  expand,
  isAllowed,
  isInsufficientScope,
  missingScopes,
} from "./src/scopes.js";
import type { InsufficientScopeBody, OperationId } from "./src/scopes.js";

export const one: Scope = Scope.VehiclesRead;
export const literal: "vehicles:read" = Scope.VehiclesRead;
export const held: boolean = expand([Scope.VehiclesWrite]).has(one);
export const allowed: boolean = isAllowed("listVehicles", "api_key", [one, "a scope this version does not know"]);
export const anonymous: boolean = isAllowed("health", null);
export const missing: readonly Scope[] = missingScopes("createVehicle", "oauth", [one]);
export const header: string = OPERATIONS.listVehicles.method + AUTH_MODES.api_key.credential.kind;
export const life: "preview" | "deprecated" | undefined = OPERATIONS.listInspections.status;
export const title: string = BUNDLES["inspection-submission"].title + SCOPES[one as "vehicles:read"].grants;

export function explain(body: unknown): readonly string[] {
  if (isInsufficientScope(body)) {
    const typed: InsufficientScopeBody = body;
    return typed.errors[0].details.required;
  }
  return [];
}

// @ts-expect-error no such scope
export const wrongScope: Scope = "vehicles:raed";
// @ts-expect-error no such operation
export const wrongOperation: OperationId = "listCars";
// @ts-expect-error no such mode
isAllowed("listVehicles", "password");
// @ts-expect-error an operation that is neither in preview nor deprecated has no status
export const stable: boolean = OPERATIONS.listVehicles.status === "stable";
// @ts-expect-error the closure can't be changed
CLOSURE["vehicles:read"].push("tag:read");
// @ts-expect-error nor can an operation
OPERATIONS.listVehicles.path = "/";
// @ts-expect-error the metadata of a hidden scope is not published
SCOPES["support:debug"];
