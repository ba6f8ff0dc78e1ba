// The interactive reference as somebody uses it who has a key, in a real browser. Arguments: the service's base, a folder
// for pictures, the browser's program, the folder of the Node.js packages; keys come from the environment.

import assert from 'node:assert/strict';
import path from 'node:path';

import { openPage } from '../../../testkit/browser/page.mjs';

const [base, pictures, browserProgram, tools] = process.argv.slice(2);
const { page, problems, done } = await openPage(browserProgram, tools, 1100);
const elsewhere = [];
page.on('request', (request) => request.url().startsWith(base) || request.url().startsWith('data:') || elsewhere.push(request.url()));

const operation = (id) => page.locator(`#${id}`);
const send = async (id, fill = {}) => {
  const article = operation(id);
  if (!(await article.locator('details').evaluate((details) => details.open))) {
    await article.locator('summary').click();
  }
  for (const [name, value] of Object.entries(fill)) {
    await article.locator(`[name="${name}"]`).fill(value);
  }
  await article.locator('output').evaluate((output) => output.replaceChildren());
  await article.locator('button').click();
  await article.locator('output strong').waitFor();
  return {
    status: await article.locator('output strong').textContent(),
    note: await article.locator('output .note').allTextContents(),
    body: await article.locator('output pre').textContent(),
  };
};

await page.goto(`${base}/reference`);
assert.equal(await page.locator('#scopes tbody tr').count(), 26);
assert.deepEqual(problems, []);
await page.screenshot({ path: path.join(pictures, 'scopes.png') });

// Each endpoint says which scope protects it, and the table leads there.
assert.deepEqual(await operation('create_issue').locator('.scope').allTextContents(), ['issues:write']);
assert.match(await operation('list_keys').locator('.access').textContent(), /no key opens it/);
assert.match(await operation('get_health').locator('.access').textContent(), /Open to everybody/);
await page.locator('#scopes tr', { hasText: 'calendar:read' }).locator('a').first().click();
assert.equal(new URL(page.url()).hash, '#list_calendar_events');

// Without a key: 401.
let answer = await send('list_issues');
assert.match(answer.status, /^401/);
assert.deepEqual(answer.note, ['No valid key was sent.']);

// With a key that only reads: the list, with a query.
await page.fill('#key', process.env.KEY_REPORTING);
answer = await send('list_issues', { limit: '1' });
assert.match(answer.status, /^200/);
assert.equal(JSON.parse(answer.body).items[0].title, 'Oil under the crane');

// A 403: the server's body says nothing, the page names the scope.
answer = await send('create_issue', { body: '{"title": "From the reference"}' });
assert.match(answer.status, /^403/);
assert.deepEqual(JSON.parse(answer.body), { error: 'Insufficient permissions', code: 'FORBIDDEN' });
assert.match(answer.note[0], /does not have issues:write\. Sending it again will not help/);
await operation('create_issue').screenshot({ path: path.join(pictures, 'denied.png') });

// With the scope it is created; the example that the form starts with is good enough.
await page.fill('#key', process.env.KEY_HELPDESK);
answer = await send('create_issue', { body: '{"title": "From the reference"}' });
assert.match(answer.status, /^201/);
assert.equal(JSON.parse(answer.body).title, 'From the reference');
assert.deepEqual(answer.note, []);
const id = String(JSON.parse(answer.body).id);
await operation('create_issue').screenshot({ path: path.join(pictures, 'created.png') });

// A parameter of the path, and one that tries to be more than one segment.
answer = await send('get_issue', { id });
assert.match(answer.status, /^200/);
answer = await send('get_issue', { id: '../sites/1' });
assert.match(answer.status, /^400/);

// What an answer holds is text, whatever it looks like.
answer = await send('create_issue', { body: '{"title": "<img src=x onerror=alert(1)>"}' });
assert.match(answer.status, /^201/);
assert.equal(await operation('create_issue').locator('output img').count(), 0);

// The key is nowhere but in its field, and nothing was asked of anybody else.
assert.equal(await page.evaluate(() => document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage })), '{}');
assert.deepEqual(elsewhere, []);
// The browser itself reports the answers that are no success, which are meant.
assert.deepEqual(problems.filter((problem) => !/status of 40[013]/.test(problem)), []);

await page.setViewportSize({ width: 390, height: 800 });
await page.goto(`${base}/reference#create_issue`);
await page.screenshot({ path: path.join(pictures, 'phone.png') });
assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);

await done();
