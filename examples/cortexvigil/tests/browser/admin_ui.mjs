// The Admin UI as an operator uses it, in a real browser. Arguments: the service's base, the operator's token, the
// secret of the dashboard's key, a folder for pictures, and the browser's program.

import assert from 'node:assert/strict';
import path from 'node:path';

import { openPage } from '../../../testkit/browser/page.mjs';

const [base, token, dashboardKey, pictures, browserProgram, tools] = process.argv.slice(2);
const { page, problems, reached, done } = await openPage(browserProgram, tools, 1200);

const picture = (name) => page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
const scopesOf = async (secret) => {
  const answer = await fetch(`${base}/api/v1/auth/me`, { headers: { 'X-API-Key': secret } });
  return answer.status === 200 ? (await answer.json()).scopes : answer.status;
};

// Without a session, every page leads to the sign-in.
await page.goto(`${base}/admin/external-apps`);
assert.equal(new URL(page.url()).pathname, '/admin/sign-in');
await picture('sign-in');

reached('signing in');
// A wrong token stays there and says so. The browser logs the status of that answer, which is meant.
await page.fill('#token', 'a guess');
await page.click('button');
assert.match(await page.textContent('[role=alert]'), /not the operator's token/);
assert.deepEqual(problems.splice(0).length, 1);

await page.fill('#token', token);
await page.click('button');
assert.equal(new URL(page.url()).pathname, '/admin/external-apps');
assert.equal(await page.locator('#apps tbody tr').count(), 2);
await picture('external-apps');

// No script may read the session.
assert.equal(await page.evaluate(() => document.cookie), '');

reached('the detail page');
// The detail page shows the granted scopes, and what each opens.
await page.click('text=Demo Dashboard');
const granted = () => page.locator('#scopes input:checked').evaluateAll((boxes) => boxes.map((box) => box.value));
assert.deepEqual(await granted(), ['read:cameras', 'read:events', 'read:attendance']);
const opened = page.locator('#scopes tr', { has: page.locator('input[value="read:cameras"]') }).locator('details');
await opened.locator('summary').click();
assert.deepEqual(await opened.locator('li').allTextContents(), [
  'GET /api/v1/cameras',
  'GET /api/v1/cameras/{id}',
  'GET /api/v1/cameras/{id}/capabilities',
  'GET /api/v1/cameras/{id}/pair-status',
  'MCP tool list_cameras, with mcp:invoke',
]);
await picture('external-app');

reached('granting and rotating');
// Granting changes the app; its key gets the scope when it is rotated with it.
await page.check('#scopes input[value="read:alerts"]');
await page.click('text=Grant these scopes');
assert.deepEqual(await granted(), ['read:cameras', 'read:events', 'read:attendance', 'read:alerts']);
assert.deepEqual(await scopesOf(dashboardKey), ['read:attendance', 'read:cameras', 'read:events']);

await page.click('#keys summary');
await page.check('#keys input[value="read:alerts"]');
await page.click('#keys button:has-text("Rotate")');
const rotated = await page.textContent('#secret');
assert.match(rotated, /^cv_[A-Za-z0-9_-]{43}$/);
await picture('rotated');
assert.equal(await scopesOf(dashboardKey), 401);
assert.deepEqual(await scopesOf(rotated), ['read:alerts', 'read:attendance', 'read:cameras', 'read:events']);

// The secret is shown once.
await page.goto(page.url().replace(/\/keys\/.*/, ''));
assert.equal(await page.locator('#secret').count(), 0);
assert.ok(!(await page.content()).includes(rotated));

// What the app loses, its keys lose at once.
await page.uncheck('#scopes input[value="read:cameras"]');
await page.click('text=Grant these scopes');
assert.deepEqual(await scopesOf(rotated), ['read:alerts', 'read:attendance', 'read:events']);

await page.click('text=Revoke');
assert.equal(await page.locator('#keys tr.revoked').count(), 1);
assert.equal(await scopesOf(rotated), 401);

reached('adding an app');
// A text that looks like markup stays text.
await page.goto(`${base}/admin/external-apps`);
await page.fill('#organisation', 'Northwind Logistics');
await page.fill('#name', '<b>Bold</b> & "quoted"');
await page.click('button:has-text("Add")');
assert.equal(await page.textContent('h1'), '<b>Bold</b> & "quoted"');

// A page of another site can't make this browser act: it is not told the session.
reached('a form of another site');
const app = page.url();
await page.goto(`data:text/html,<form method="post" action="${app}/scopes"><button>Win</button></form>`);
const answered = page.waitForResponse((answer) => answer.url() === `${app}/scopes`);
await page.click('button');
assert.equal((await answered).status(), 303);
await page.waitForURL('**/admin/sign-in');
await page.goto(app);
assert.equal(await page.textContent('h1'), '<b>Bold</b> & "quoted"');

reached('signing out');
await page.click('text=Sign out');
await page.goto(`${base}/admin/external-apps`);
assert.equal(new URL(page.url()).pathname, '/admin/sign-in');
assert.deepEqual(problems, []);
await done();
