// The real programs, each with its own folder and port, ended when its test ends. Nothing waits for a time to pass:
// a program says that it is ready by writing its ready file.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = process.env.SAS_PROGRAMS ?? join(root, 'target/debug');

/** Monday of the design: the day before a public holiday. */
export const today = '2026-11-23T08:00:00+07:00';
export const password = 'mau mat khau 2026';
/** Muong Bi, by its number in the list of 2025. */
export const muongBi = { code: '05158', unit: 51582 };

export const program = (name) => join(folder, name);

const ends = new WeakMap();

/** Runs `end` when the test ends: the last begun ends first, and each ends though another fails. */
export function atEnd(t, end) {
  if (!ends.has(t)) {
    ends.set(t, []);
    t.after(async () => {
      let failure;
      for (const step of ends.get(t).reverse()) {
        try {
          await step();
        } catch (error) {
          failure ??= error;
        }
      }
      if (failure) throw failure;
    });
  }
  ends.get(t).push(end);
}

/** A folder that goes when the test ends. */
export function scratch(t) {
  const path = mkdtempSync(join(tmpdir(), 'so-an-sinh-'));
  atEnd(t, () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }));
  return path;
}

/** Resolves with the contents of `file` once it stands whole; fails when the program ends before. */
export function written(file, child) {
  return new Promise((resolve, reject) => {
    const watcher = watch(dirname(file), (_, name) => name === basename(file) && look());
    const done = (finish, value) => {
      watcher.close();
      child.off('exit', ended);
      finish(value);
    };
    const ended = (code) => done(reject, new Error(`${child.spawnfile} ended with ${code} before it was ready\n${child.said?.() ?? ''}`));
    const look = () => {
      if (!existsSync(file)) return;
      const text = readFileSync(file, 'utf8');
      if (text.endsWith('}\n') || text.endsWith('}')) done(resolve, JSON.parse(text));
    };
    child.once('exit', ended);
    look();
  });
}

/** Starts a program of ours; its output is kept for the message of a failure. */
export function start(t, name, words, options = {}) {
  const child = spawn(program(name), words, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (said = (said + data).slice(-8000)));
  child.said = () => said;
  atEnd(t, () => stop(child));
  return child;
}

/** Ends a program and resolves when it is gone. */
export function stop(child, signal = 'SIGTERM') {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', resolve);
    child.kill(signal);
  });
}

/** `ansinh` on a data folder, its JSON answer. Code 3 is "done, with problems to read". */
export function ansinh(data, words) {
  const { status, stdout, stderr } = spawnSync(program('ansinh'), ['--data', data, '--json', ...words], {
    encoding: 'utf8',
    env: { ...process.env, ANSINH_PASSWORD_FILE: passwordFile(data) },
  });
  if (status !== 0 && status !== 3) throw new Error(`ansinh ${words.join(' ')} ended with ${status}\n${stdout}${stderr}`);
  return stdout.trim() === '' ? null : JSON.parse(stdout);
}

/** A file beside the data folder that holds the password. */
export function passwordFile(data) {
  const file = `${data}.password`;
  if (!existsSync(file)) writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return file;
}

/** The development host on a data folder; answers the address that opens it once. */
export async function startHost(t, data, words = []) {
  const ready = `${data}.host.json`;
  rmSync(ready, { force: true });
  const child = start(t, 'development-host', ['--data', data, '--port', '0', '--ready-file', ready, '--clock', today, ...words]);
  const { url } = await written(ready, child);
  return { child, url, origin: new URL(url).origin };
}

/** A provincial server with one commune and a code that enrols one machine there. */
export async function startProvince(t, data) {
  const ready = `${data}.province.json`;
  const words = ['--data', data];
  const admin = (...more) =>
    JSON.parse(execFileSync(program('ansinh-server'), ['admin', ...more, ...words, '--json'], { encoding: 'utf8' }) || 'null');
  execFileSync(program('ansinh-server'), ['migrate', ...words], { stdio: 'ignore' });
  admin('commune', 'add', '--code', muongBi.code);
  const serve = ['serve', ...words, '--http-on-loopback', '--listen', '127.0.0.1:0', '--ready-file', ready];
  const child = start(t, 'ansinh-server', serve);
  const answer = await written(ready, child);
  return {
    child,
    url: answer.url,
    code: (name) => admin('code', 'new', '--commune', muongBi.code, '--name', name).code,
    find: (text) => admin('household', 'find', text),
  };
}

/** A port that was free a moment ago. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
