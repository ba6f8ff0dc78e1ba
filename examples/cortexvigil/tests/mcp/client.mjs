// The client of the official TypeScript SDK against the service. Arguments: the service's base, the folder of the pinned
// packages, and the credentials by name.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [base, tools, written] = process.argv.slice(2);
const keys = JSON.parse(written);
const { resolve } = createRequire(path.join(tools, 'package.json'));
const load = (name) => import(pathToFileURL(resolve(`@modelcontextprotocol/sdk/client/${name}.js`)));
const { Client } = await load('index');
const { StreamableHTTPClientTransport } = await load('streamableHttp');

/** A client that keeps what HTTP said last. */
async function connected(headers) {
  const seen = {};
  const transport = new StreamableHTTPClientTransport(new URL(`${base}/mcp`), {
    requestInit: { headers },
    fetch: async (url, init) => {
      const answer = await fetch(url, init);
      if (init?.method === 'POST') {
        seen.status = answer.status;
        seen.challenge = answer.headers.get('www-authenticate');
        seen.session = answer.headers.get('mcp-session-id');
        seen.body = await answer.clone().text();
      }
      return answer;
    },
  });
  const client = new Client({ name: 'test', version: '1.0.0' });
  await client.connect(transport);
  const names = async () => (await client.listTools()).tools.map((tool) => tool.name);
  /** The status of a call that HTTP denies. */
  const denied = async (name, parameters = {}) => {
    await assert.rejects(client.callTool({ name, arguments: parameters }), `${name} is let through`);
    return { status: seen.status, challenge: seen.challenge, body: JSON.parse(seen.body) };
  };
  const called = async (name, parameters = {}) => {
    const { isError, structuredContent, content } = await client.callTool({ name, arguments: parameters });
    return isError ? { error: content[0].text } : structuredContent;
  };
  return { client, seen, names, denied, called };
}

const withKey = (name) => connected({ 'X-API-Key': keys[name] });
const lacking = (required, granted) => ({
  status: 403,
  challenge: null,
  body: { detail: 'insufficient_scope', required, granted },
});

// The handshake, and a list that differs by key.
const everything = [
  'acknowledge_alert', 'acknowledge_event', 'attendance_today', 'latest_readings', 'list_alerts', 'list_cameras',
  'list_recordings', 'list_sites', 'overview', 'query_events', 'resolve_alert',
];
const all = await withKey('all');
assert.equal(all.client.getServerVersion().name, 'cortexvigil');
assert.equal(all.seen.session, null, 'the server keeps no sessions');
assert.deepEqual(await all.names(), everything);
const reader = await withKey('reader');
assert.deepEqual(await reader.names(), ['list_alerts', 'list_cameras', 'overview']);
const invoke = await withKey('invoke');
assert.deepEqual(await invoke.names(), []);

// Tools are described, and their parameters are checked.
const { tools: described } = await all.client.listTools();
const cameras = described.find((tool) => tool.name === 'list_cameras');
assert.match(cameras.description, /^Lists cameras/);
assert.ok('site_id' in cameras.inputSchema.properties && 'limit' in cameras.inputSchema.properties);
assert.match((await all.called('query_events', { kind: 'No Word' })).error, /a word has 1 to 64/);
assert.match((await all.called('list_cameras', { limit: 1000 })).error, /between 1 and 200/);

// What is allowed answers with the organisation's data, as the API does.
const api = async (path) => (await fetch(`${base}/api/v1${path}`, { headers: { 'X-API-Key': keys.all } })).json();
for (const [tool, parameters, endpoint] of [
  ['list_sites', {}, '/sites'],
  ['list_cameras', { limit: 2 }, '/cameras?limit=2'],
  ['query_events', { acknowledged: false }, '/events?acknowledged=false'],
  ['list_alerts', { status: 'open' }, '/alerts?status=open'],
  ['latest_readings', {}, '/sensors/readings/latest'],
  ['list_recordings', {}, '/recordings'],
]) {
  const found = await all.called(tool, parameters);
  assert.deepEqual(found, await api(endpoint), tool);
  assert.ok(Array.isArray(found.items), tool);
}
assert.ok((await all.called('list_cameras')).items.length > 0, 'the seeded cameras');
assert.ok(Array.isArray((await all.called('attendance_today')).items));
assert.deepEqual((await reader.called('overview')).cameras, await api('/cameras'));

// What is done through a tool is done.
const alert = (await (await fetch(`${base}/api/v1/alerts`, {
  method: 'POST',
  headers: { 'X-API-Key': keys.all, 'Content-Type': 'application/json' },
  body: JSON.stringify({ title: 'Door 4 is open', severity: 'high' }),
})).json());
assert.equal((await all.called('acknowledge_alert', { id: alert.id })).status, 'acknowledged');
assert.equal((await api(`/alerts/${alert.id}`)).acknowledged_by, 'Assistant for everything');
assert.equal((await all.called('resolve_alert', { id: alert.id, resolution: 'Closed it.' })).status, 'resolved');
assert.match((await all.called('acknowledge_alert', { id: alert.id })).error, /resolved already/);
assert.match((await all.called('acknowledge_event', { id: 987654321 })).error, /no event/);

// What is denied is denied over HTTP, with the declared body. Keys are not challenged.
const granted = ['mcp:invoke', 'read:alerts', 'read:cameras'];
assert.deepEqual(await reader.denied('acknowledge_alert', { id: alert.id }), lacking('write:alerts', granted));
assert.deepEqual(await reader.denied('query_events'), lacking('read:events', granted));
assert.deepEqual(await invoke.denied('overview'), lacking('read:alerts', ['mcp:invoke']));
assert.deepEqual(await reader.names(), ['list_alerts', 'list_cameras', 'overview'], 'the client goes on');

// A tool that is not there is denied as one that nobody has decided about.
const unknown = await all.denied('format_disk');
assert.deepEqual([unknown.status, unknown.challenge], [403, null]);

// Without `mcp:invoke` nothing is said about tools, and without a valid credential there is a challenge.
await assert.rejects(withKey('no_mcp'), (error) => String(error).includes('mcp:invoke'));
await assert.rejects(connected({}), (error) => String(error).includes('not_authenticated'));
const message = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'list_cameras' } };
const send = (headers) => fetch(`${base}/mcp`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', Accept: 'application/json, text/event-stream', ...headers },
  body: JSON.stringify(message),
});
const wrong = await send({ Authorization: 'Bearer wrong' });
assert.deepEqual(
  [wrong.status, wrong.headers.get('www-authenticate')],
  [401, 'Bearer realm="CortexVigil API", error="invalid_token"'],
);
// A page of somewhere else may not use a key it got hold of.
assert.equal((await send({ 'X-API-Key': keys.all, Origin: 'https://elsewhere.example' })).status, 403);

// The operator is checked by role; scopes do not matter to it.
const operator = await connected({ Authorization: `Bearer ${keys.operator}`, 'X-Organisation': 'Northwind Logistics' });
assert.deepEqual(await operator.names(), everything);
assert.deepEqual(await operator.called('list_cameras'), await api('/cameras'));

console.log('done');
