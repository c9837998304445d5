import { expect, it } from 'vitest';
import { keyIsWhole, tidyKey } from './recovery-key';

it('reads the key as people type it', () => {
  expect(tidyKey('4k7q 9txa-2hbn – 6PWE r3cd 8mvt')).toBe('4K7Q-9TXA-2HBN-6PWE-R3CD-8MVT');
  expect(tidyKey('oil1')).toBe('0111');
});

it('knows when it is whole', () => {
  expect(keyIsWhole('4K7Q9TXA2HBN6PWER3CD8MVT')).toBe(true);
  expect(keyIsWhole('4K7Q9TXA2HBN')).toBe(false);
});
