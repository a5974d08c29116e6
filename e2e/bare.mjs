// A browser whose pages nobody listens to. The driver of the stories follows each request, frame and script of a page, which
// makes it a quarter slower than it is for people; here a page is only told where to go, and asked how it was once it stands.

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { executablePath, flags, origin } from './browser.mjs';

/** How long a page is left alone after it was told where to go, in ms: its stream and what it asks for later have begun by then. */
const REST = 500;

/** Starts it, with the cookies of a storage state. The caller closes it. */
export async function bare({ cookies }) {
  const home = await mkdtemp(join(tmpdir(), 'reeve-bare-'));
  const words = [...flags, `--user-data-dir=${home}`, '--remote-debugging-pipe', 'about:blank'];
  const child = spawn(executablePath, words, { env: { ...process.env, HOME: home }, stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const ended = new Promise((done) => child.once('exit', done));
  const call = caller(child.stdio[3], child.stdio[4]);
  const { targetInfos } = await call('Target.getTargets');
  const { targetId } = targetInfos.find(({ type }) => type === 'page');
  const { sessionId } = await call('Target.attachToTarget', { targetId, flatten: true });
  await call('Storage.setCookies', { cookies: cookies.map(({ expires, ...cookie }) => (expires > 0 ? { ...cookie, expires } : cookie)) });

  /** What an expression in the page comes to. */
  const ask = async (expression) => {
    const { result, exceptionDetails } = await call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }, sessionId);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  return {
    ask,
    /** Goes to a page of the server and leaves it alone until it stands. */
    async go(path) {
      const { errorText } = await call('Page.navigate', { url: new URL(path, origin).href }, sessionId);
      if (errorText) throw new Error(`${path}: ${errorText}`);
      await sleep(REST);
      while ((await ask('document.readyState')) !== 'complete') await sleep(50);
    },
    async close() {
      await call('Browser.close').catch(() => {});
      await ended;
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** Calls of the DevTools protocol over a pair of pipes, each message ended by a NUL. */
function caller(to, from) {
  const waiting = new Map();
  let kept = '';
  from.setEncoding('utf8').on('data', (text) => {
    const messages = (kept + text).split('\0');
    kept = messages.pop();
    for (const { id, result, error } of messages.map((it) => JSON.parse(it))) {
      const { done, failed } = waiting.get(id) ?? {};
      waiting.delete(id);
      if (error) failed?.(new Error(error.message));
      else done?.(result);
    }
  });
  from.on('close', () => {
    for (const { failed } of waiting.values()) failed(new Error('the browser is gone'));
  });
  let number = 0;
  return (method, params = {}, sessionId) =>
    new Promise((done, failed) => {
      waiting.set(++number, { done, failed });
      to.write(`${JSON.stringify({ id: number, method, params, sessionId })}\0`);
    });
}
