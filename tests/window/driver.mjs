// Drives the real program through WebKitWebDriver, by its plain protocol.
//
// The program outlives its WebDriver session, so driver and program form a process group that is ended together.
import { spawn } from 'node:child_process';
import { atEnd, freePort, program } from '../lib/programs.mjs';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** Keys as WebDriver names them. */
export const keys = { enter: '\uE007', tab: '\uE004', escape: '\uE00C', down: '\uE015', control: '\uE009', release: '\uE000' };

/** Starts the program with `words` and answers its window. */
export async function openWindow(t, words, environment) {
  const port = await freePort();
  const driver = spawn('WebKitWebDriver', ['--host=127.0.0.1', `--port=${port}`], {
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, ...environment, TAURI_WEBVIEW_AUTOMATION: 'true' },
  });
  const gone = new Promise((resolve) => driver.once('exit', resolve));
  const isThere = () => {
    try {
      return process.kill(-driver.pid, 0);
    } catch {
      return false;
    }
  };
  const end = async (signal) => {
    if (isThere()) process.kill(-driver.pid, signal);
    await gone;
    // The program ends a moment after its driver, and holds the folder until then.
    const last = performance.now() + 5000;
    while (isThere() && performance.now() < last) await new Promise(setImmediate);
  };
  atEnd(t, () => end('SIGKILL'));
  const base = `http://127.0.0.1:${port}`;
  await untilListening(base, driver);
  const options = { binary: program('so-an-sinh'), args: words };
  const { sessionId } = await ask('POST', `${base}/session`, {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } },
  });
  return new Window(`${base}/session/${sessionId}`, end);
}

/** One window of the running program. */
class Window {
  constructor(session, end) {
    this.session = session;
    /** Ends program and driver by a signal; resolves when they are gone. */
    this.end = end;
  }

  /** The first element that `css` finds, waited for. */
  async find(css, { within = 15_000 } = {}) {
    await ask('POST', `${this.session}/timeouts`, { implicit: within });
    const found = await ask('POST', `${this.session}/element`, { using: 'css selector', value: css });
    return found[ELEMENT];
  }

  /** Every element that `css` finds now. */
  async findAll(css) {
    const found = await ask('POST', `${this.session}/elements`, { using: 'css selector', value: css });
    return found.map((element) => element[ELEMENT]);
  }

  /** The control with this label, waited for. */
  async labelled(label) {
    const xpath = `//*[@id = //label[contains(normalize-space(.), ${quoted(label)})]/@for] | //*[contains(@aria-label, ${quoted(label)})] | //label[contains(normalize-space(.), ${quoted(label)})]//*[self::input or self::select or self::textarea]`;
    return this.byXpath(xpath);
  }

  /** A button by its words, waited for. */
  async button(words) {
    return this.byXpath(`//button[contains(normalize-space(.), ${quoted(words)})] | //a[contains(normalize-space(.), ${quoted(words)})]`);
  }

  /** Resolves once the words stand on the page. */
  async sees(words) {
    return this.byXpath(`//*[text()[contains(normalize-space(.), ${quoted(words)})]]`);
  }

  async byXpath(value) {
    await ask('POST', `${this.session}/timeouts`, { implicit: 15_000 });
    const found = await ask('POST', `${this.session}/element`, { using: 'xpath', value });
    return found[ELEMENT];
  }

  click(element) {
    return ask('POST', `${this.session}/element/${element}/click`, {});
  }

  type(element, text) {
    return ask('POST', `${this.session}/element/${element}/value`, { text });
  }

  text(element) {
    return ask('GET', `${this.session}/element/${element}/text`);
  }

  /** Types where the focus is: what a person does who touches no mouse. */
  async keyboard(text) {
    const focused = await ask('GET', `${this.session}/element/active`);
    return this.type(focused[ELEMENT], text);
  }

  execute(script, args = []) {
    return ask('POST', `${this.session}/execute/sync`, { script, args });
  }

  /** Resolves once `script` gives true. */
  async until(script, args = []) {
    for (let asked = 0; asked < 500; asked += 1) if (await this.execute(script, args)) return;
    throw new Error(`never came true: ${script}`);
  }

  executeAsync(script, args = []) {
    return ask('POST', `${this.session}/execute/async`, { script, args });
  }

  async screenshot() {
    return Buffer.from(await ask('GET', `${this.session}/screenshot`), 'base64');
  }
}

function quoted(text) {
  return text.includes("'") ? `"${text}"` : `'${text}'`;
}

async function ask(method, url, body) {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const { value } = await response.json();
  if (value && value.error) throw new Error(`${value.error}: ${value.message} (${method} ${new URL(url).pathname.split('/').slice(3).join('/')} ${JSON.stringify(body ?? '')})`);
  return value;
}

async function untilListening(base, driver) {
  while (driver.exitCode === null) {
    try {
      await fetch(`${base}/status`);
      return;
    } catch {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  throw new Error('WebKitWebDriver did not start: is webkit2gtk-driver installed?');
}
