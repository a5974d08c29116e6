// A server of its own on an empty folder, for stories that need a house nobody has furnished.
// E2E_REEVE names the program; `cargo x test` sets it.

import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const program = process.env.E2E_REEVE ?? join(dirname(fileURLToPath(import.meta.url)), '../target/debug/reeve');

/** A port that nobody listened on a moment ago. */
async function freePort() {
  const server = createServer();
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

/**
 * A new house: `url`, `admin` (a link that signs its administrator in), `person(email, name, role)` (an invitation), `token(email)`
 * (for the API), `stop()` and `start()` again at the same address, `end()`.
 */
export async function world() {
  const folder = await mkdtemp(join(tmpdir(), 'reeve-world-'));
  const listen = `127.0.0.1:${await freePort()}`;
  const data = ['--data', join(folder, 'data')];
  const place = [...data, '--listen', listen];
  const ask = async (...words) => (await run(program, words, { cwd: folder })).stdout.trim();
  const admin = await ask('init', '--org', 'Oakhill', '--admin', 'ada@oakhill.example', ...place);
  const url = `http://${listen}`;
  let server;
  const start = async () => {
    server = spawn(program, ['serve', ...place], { cwd: folder, stdio: 'ignore' });
    await ready(url, server);
  };
  const stop = async () => {
    const ended = new Promise((gone) => server.once('exit', gone));
    server.kill('SIGTERM');
    await ended;
  };
  await start();
  return {
    url,
    admin,
    person: (email, name, role) => ask('user', 'add', email, '--name', name, '--role', role, ...place),
    token: (email) => ask('token', 'create', '--user', email, '--name', 'stories', ...data),
    /** Brings records in while the server is stopped, from rows with the same fields each. */
    bring: async (kind, rows) => {
      const file = join(folder, `${kind}.csv`);
      const keys = [...new Set(rows.flatMap(Object.keys))];
      const line = (cells) => cells.map((cell) => `"${String(cell ?? '').replaceAll('"', '""')}"`).join(',');
      await writeFile(file, [line(keys), ...rows.map((row) => line(keys.map((key) => row[key])))].join('\n'));
      await ask('import', 'csv', file, '--kind', kind, ...data);
    },
    start,
    stop,
    end: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function ready(url, server) {
  for (let tries = 0; tries < 600; tries += 1) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode} instead of serving`);
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error('the server was not ready after 30 s');
}
