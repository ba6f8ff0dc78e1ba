// The compiled client against a running service. Arguments: the folder of the compiled modules, the service's base; keys
// come from the environment.

import assert from 'node:assert/strict';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, base] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(path.join(modules, `${name}.js`)));
const { Inspac, ApiError, MissingScopeError } = await load('client');
const { createIssue } = await load('example');
const { Scope } = await load('scopes');

const client = (key) => new Inspac({ base, key });

// A client has the scopes of the key it is given.
const helpdesk = client(process.env.KEY_HELPDESK);
assert.match(await createIssue(helpdesk), /^created issue \d+$/);
assert.equal((await helpdesk.issues.get(1)).title, 'Oil under the crane');

// A method the key has no scope for throws an error that has the status and names the scope.
const reporting = client(process.env.KEY_REPORTING);
assert.equal((await reporting.issues.list()).items.length >= 2, true);
await assert.rejects(reporting.issues.create({ title: 'New issue', status: 'open' }), (error) => {
  assert(error instanceof MissingScopeError && error instanceof ApiError);
  assert.equal(error.status, 403);
  assert.equal(error.code, 'FORBIDDEN');
  assert.deepEqual(error.missing, [Scope.IssuesWrite]);
  assert.equal(error.message, 'API key is missing issues:write scope');
  return true;
});
assert.equal(await createIssue(reporting), 'API key is missing issues:write scope');

// Also where the path has parameters, and for a resource the client has no method of its own for.
await assert.rejects(reporting.call('link_obligation', { path: { id: 2, obligation: 'a/b' } }), (error) => {
  assert.deepEqual(error.missing, [Scope.SchedulesWrite]);
  return true;
});

// No key opens the settings: a 403, but no scope is missing.
await assert.rejects(reporting.call('list_keys'), (error) => {
  assert(!(error instanceof MissingScopeError));
  assert.equal(error.status, 403);
  return true;
});

// A failed authentication is something else.
await assert.rejects(client(process.env.KEY_REVOKED).issues.list(), (error) => {
  assert(!(error instanceof MissingScopeError));
  assert.equal(error.status, 401);
  return true;
});
assert.equal(await createIssue(client(process.env.KEY_EXPIRED)), 'the key is not valid');

console.log('done');
