// How a scope error is handled.

import type { Inspac } from "./client.js";
import { ApiError, MissingScopeError } from "./client.js";

/** Creates an issue, or says why not. */
export async function createIssue(client: Inspac): Promise<string> {
  try {
    const issue = await client.issues.create({ title: "New issue", status: "open" });
    return `created issue ${issue.id}`;
  } catch (error) {
    if (error instanceof MissingScopeError) {
      // Not tried again: only a change of the key's scopes helps.
      return error.message;
    }
    if (error instanceof ApiError && error.status === 401) {
      return "the key is not valid";
    }
    throw error;
  }
}
