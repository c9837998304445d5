// Playwright and axe come from the UI's lock file: the house has one npm lock.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const fromUi = createRequire(new URL('../../ui/package.json', import.meta.url));
const fromAxe = createRequire(fromUi.resolve('@axe-core/playwright'));

export const { chromium } = fromUi('playwright-core');
export const AxeBuilder = fromUi('@axe-core/playwright').default;
/** The text of axe, for a page that Playwright does not drive. */
export const axeSource = () => readFileSync(fromAxe.resolve('axe-core/axe.min.js'), 'utf8');
