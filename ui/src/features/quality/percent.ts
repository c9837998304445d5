// A share in per cent, cut rather than rounded: 100 % is said only of all.
import { number } from '$shared/format';

export const percent = (n: number, of: number): string => (of > 0 ? `${number(Math.floor((1000 * n) / of) / 10, 1)} %` : '–');
