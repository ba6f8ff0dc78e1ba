// What the browser tests of the examples share: one page in a real headless browser, and an end whatever it does.

import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * Opens a page of this width, with the browser's program and the folder of the Node.js packages.
 *
 * `problems` collects what the page's console and its scripts complain about. `reached` names the step that begins, for
 * whoever reads that there was no end. `done` says that the test passed, and ends the process.
 */
export async function openPage(program, tools, width) {
  let step = 'starting the browser';
  setTimeout(() => {
    console.error(`no end after two minutes, at: ${step}`);
    process.exit(1);
  }, 120_000).unref();

  const { chromium } = createRequire(path.join(tools, 'package.json'))('playwright-core');
  const browser = await chromium.launch({
    executablePath: program,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  const problems = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(String(error)));

  step = 'the first step';
  const reached = (name) => {
    step = name;
  };
  const done = async () => {
    console.log('done');
    // The browser is killed with this process, if it does not close by itself.
    await Promise.race([browser.close(), new Promise((resolve) => setTimeout(resolve, 5_000))]);
    process.exit(0);
  };
  return { page, problems, reached, done };
}
